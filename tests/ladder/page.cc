// The page. No script, no font, no picture from elsewhere: it opens anywhere.
#include <algorithm>
#include <format>

#include "tests/harness/report/svg.h"
#include "tests/ladder/report.h"

namespace ladder {
namespace {

using harness::Duration;
using harness::Escape;

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The ladder</title>
<style>
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2127; --muted: #616a75; --grid: #eceef1; --tick: #cdd3da;
  --panel: #f5f7f9; --ours: #0f9960; --kvm: #2d72d2; --tcg: #c87619; --baseline: #8f99a8;
  --toro: #ac2f33; --bad: #ac2f33;
  --s0: #8f99a8; --s1: #9d3f9d; --s2: #2d72d2; --s3: #0f9960; --s4: #c87619;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --ink: #e8ebee; --muted: #9aa4b0; --grid: #22272d; --tick: #3a424b;
    --panel: #1e2328; --ours: #32a467; --kvm: #4c90f0; --tcg: #ec9a3c; --baseline: #738091;
    --toro: #fa999c; --bad: #fa999c;
    --s0: #738091; --s1: #bd6bbd; --s2: #4c90f0; --s3: #32a467; --s4: #ec9a3c;
  }
}
body { background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif;
  max-width: 960px; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .5rem; }
p { margin: .4rem 0 .9rem; }
.host, .note { color: var(--muted); }
.tiles { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.5rem 0; }
.tile { background: var(--panel); border-radius: 8px; padding: .9rem 1.1rem; flex: 1 1 200px; }
.tile b { display: block; font-size: 1.7rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; color: var(--muted); font-size: 13px;
  margin: 0 0 1.1rem; }
.key svg { width: 16px; height: 12px; vertical-align: -1px; margin-right: .35rem; }
.wide { overflow-x: auto; }
svg { display: block; width: 100%; height: auto; }
.key svg { display: inline; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
svg .muted { fill: var(--muted); font-size: 12px; }
svg .head { font-weight: 600; } svg .group { font-weight: 600; font-size: 14px; }
svg .figure { font-variant-numeric: tabular-nums; }
svg .bad { fill: var(--bad); }
svg .bad, svg .muted { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; }
.grid { stroke: var(--grid); } .tick { stroke: var(--tick); }
.echo { stroke: var(--muted); stroke-dasharray: 3 4; } .spread { stroke: var(--ink); opacity: .55; }
.ours { fill: var(--ours); } .kvm { fill: var(--kvm); } .tcg { fill: var(--tcg); }
.baseline { fill: var(--baseline); }
.toro { fill: var(--paper); stroke: var(--toro); stroke-width: 2; }
.stretch0 { fill: var(--s0); } .stretch1 { fill: var(--s1); } .stretch2 { fill: var(--s2); }
.stretch3 { fill: var(--s3); } .stretch4 { fill: var(--s4); }
table { border-collapse: collapse; width: 100%; font-size: 13.5px;
  font-variant-numeric: tabular-nums; }
th, td { padding: .28rem .55rem; text-align: right; border-bottom: 1px solid var(--grid);
  white-space: nowrap; }
th { font-weight: 600; border-bottom-color: var(--tick); }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td.reason { text-align: left; white-space: normal; }
tr.group td { font-weight: 600; padding-top: .9rem; }
.bad { color: var(--bad); } .good { color: var(--ours); }
ul { padding-left: 1.2rem; }
</style></head><body>
)";

constexpr std::string_view kKey = R"(<div class="key">
<span><svg viewBox="0 0 16 12"><rect width="16" height="12" rx="2" class="ours"/></svg>our monitor, KVM</span>
<span><svg viewBox="0 0 16 12"><rect width="16" height="12" rx="2" class="kvm"/></svg>QEMU, KVM</span>
<span><svg viewBox="0 0 16 12"><rect width="16" height="12" rx="2" class="tcg"/></svg>QEMU, emulation</span>
<span><svg viewBox="0 0 16 12"><line x1="0" x2="16" y1="6" y2="6" class="spread"/></svg>least to most</span>
<span><svg viewBox="0 0 16 12"><path d="M8 1L13 6L8 11L3 6Z" class="toro"/></svg>Toro, on its author's machine</span>
<span><svg viewBox="0 0 16 12"><line x1="8" x2="8" y1="0" y2="12" class="echo"/></svg>/bin/echo here</span>
</div>
)";

constexpr std::string_view kNotes = R"(<h2>How to read it</h2>
<ul>
<li>A bar is the least of all runs, from the exec of the monitor to the application's main. Of the two programs that are
no boots it is the whole process.</li>
<li>All rungs run in turn in every round, the fastest first. What takes long runs less often: the table says how often.
A virtual machine that starts right after another finds the host's KVM warm, some 10 % quicker; the first rung of a
round follows echo and pays in full.</li>
<li>Images that have their command line inside (disks, CDs) print their marks in every boot: their process has that
line's time in it.</li>
<li>Toro's figures: M. E. Vara Larsen, “Speeding up the booting time of a Toro appliance”, talk at FOSDEM 2019 and article
of 2 July 2019. QEMU/KVM 2.5.0, NEMU at commit 39af42, Firecracker 0.14.0, on an Atom C2550 at 2.4 GHz with 4 cores.
They are whole processes of a kernel that ends at its main, but for Firecracker's, whose clock starts when its API
is told to start the machine. Another machine: compare the shapes, and the multiples of echo.</li>
</ul>
)";

std::string Tile(std::string_view figure, std::string_view words) {
  return std::format("<div class=\"tile\"><b>{}</b>{}</div>\n", Escape(figure), Escape(words));
}

double Over(std::int64_t a, std::int64_t b) {
  return b == 0 ? 0 : static_cast<double>(a) / static_cast<double>(b);
}

// The three figures that the page is about, as far as they were measured.
std::string Tiles(const Ladder& ladder) {
  const Step* const ours = ladder.Find("vmm_kvm");
  if (ours == nullptr) return "";
  std::string tiles = Tile(Duration(ours->app_main_ns()),
                           std::format("to main in our monitor: {} of what echo takes from start "
                                       "to end",
                                       Times(Over(ours->app_main_ns(), ladder.echo_ns()))));
  if (const Step* const microvm = ladder.Find("microvm_kvm")) {
    tiles += Tile(std::format("{} ×", Times(Over(microvm->app_main_ns(), ours->app_main_ns()))),
                  "sooner than QEMU's microvm, the same image on the same KVM");
  }
  if (const Step* const raw = ladder.Find("raw_kvm")) {
    tiles += Tile(std::format("{} ×", Times(Over(raw->app_main_ns(), ours->app_main_ns()))),
                  "from the lowest rung, a disk read sector by sector, to the highest (Toro: 86)");
  }
  return std::format("<div class=\"tiles\">\n{}</div>\n", tiles);
}

std::string TableRow(const Step& step, std::int64_t echo_ns) {
  const std::string title = Escape(step.rung.title);
  std::string toro = "<td></td><td></td>";
  if (step.rung.toro) {
    toro = std::format("<td title=\"{}\">{}</td><td>{}</td>", Escape(step.rung.toro->what),
                       Duration(static_cast<std::int64_t>(step.rung.toro->ms * 1e6)),
                       Times(step.rung.toro->ms / kToroEchoMs));
  }
  if (!step.measured()) {
    const bool failed = step.status == Status::kFailed;
    return std::format("<tr><td>{}</td><td colspan=\"6\" class=\"reason {}\">{}: {}</td>{}</tr>\n",
                       title, failed ? "bad" : "note", failed ? "failed" : "cannot run here",
                       Escape(step.reason), toro);
  }
  const harness::Summary main = step.marked.SummaryOf("app_main");
  return std::format(
      "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{} KiB</td><td>{}</td>{}"
      "</tr>\n",
      title, step.runs(), Duration(main.min), Duration(main.p50), Duration(step.process_ns()),
      (step.image_bytes + 1023) / 1024, Times(Over(main.min, echo_ns)), toro);
}

std::string BaselineRow(std::string_view title, const harness::Series& series, std::int64_t echo_ns,
                        std::string_view toro) {
  const harness::Summary process = series.SummaryOf("process");
  return std::format(
      "<tr><td>{}</td><td>{}</td><td></td><td></td><td>{}</td><td></td><td>{}</td>{}</tr>\n", title,
      series.samples.size(), Duration(process.min), Times(Over(process.min, echo_ns)), toro);
}

std::string Table(const Ladder& ladder) {
  std::string html =
      "<h2>Figures</h2><div class=\"wide\"><table><tr><th></th><th>runs</th><th>exec → main</th>"
      "<th>median</th><th>process</th><th>image</th><th>× echo</th><th>Toro</th><th>× echo</th>"
      "</tr>\n";
  const std::int64_t echo_ns = ladder.echo_ns();
  html += BaselineRow("a static program", ladder.unit, echo_ns, "<td></td><td></td>");
  html += BaselineRow("/bin/echo hello", ladder.echo, echo_ns,
                      std::format("<td>{} ms</td><td>{}</td>", kToroEchoMs, Times(1)));
  for (const monitors::Accelerator accelerator : kAccelerators) {
    const std::vector<const Step*> steps = StepsOn(ladder, accelerator);
    if (steps.empty()) continue;
    html +=
        std::format("<tr class=\"group\"><td colspan=\"9\">{}</td></tr>\n", TitleOf(accelerator));
    for (const Step* const step : steps) html += TableRow(*step, echo_ns);
  }
  return html + "</table></div>\n";
}

std::string Order(const Ladder& ladder) {
  std::string list;
  for (const monitors::Accelerator accelerator : kAccelerators) {
    for (const Check& check : OrderOf(ladder, accelerator)) {
      if (check.value == 0) continue;
      list +=
          std::format("<li><span class=\"{}\">{}</span>: {}</li>\n", check.kept() ? "good" : "bad",
                      check.kept() ? "holds" : "broken", Escape(check.Line()));
    }
  }
  return list.empty() ? "" : std::format("<h2>The order</h2><ul>\n{}</ul>\n", list);
}

}  // namespace

std::string PageOf(const Ladder& ladder) {
  std::string page(kHead);
  page += std::format(
      "<h1>The ladder</h1>\n<p>One appliance, every way to start it: how long until its main runs."
      "</p>\n<p class=\"host\">{}; least of up to {} runs</p>\n",
      Escape(ladder.host), ladder.runs);
  page += Tiles(ladder);
  page +=
      "<h2>Until main</h2>\n<p class=\"note\">Logarithmic: each strong line is ten times the "
      "one before.</p>\n";
  page += kKey;
  page += std::format("<div class=\"wide\">{}</div>\n", BarChart(ladder));
  page +=
      "<h2>Where it goes</h2>\n<p class=\"note\">Of each rung's fastest boot; all bars on one "
      "logarithmic scale. From the nucleus on the same instructions run on every rung: the first "
      "column is what stands before them.</p>\n";
  page += std::format("<div class=\"wide\">{}</div>\n", StretchChart(ladder));
  page += Table(ladder);
  page += Order(ladder);
  page += kNotes;
  return page + "</body></html>\n";
}

}  // namespace ladder
