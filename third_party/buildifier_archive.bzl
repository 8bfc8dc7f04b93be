"""buildifier_archive: the formatter of BUILD files, out of its pinned npm package."""

load("//third_party:fetch.bzl", "FETCH_ATTRS", "FETCH_ENVIRON", "fetch")

# The repository must resolve on a machine without npm too, or `build //...` would fail there.
_STANDIN = """#!/bin/sh
echo "buildifier: its npm package could not be fetched when this repository was made: %s" >&2
echo "remedy: install npm, then ./bazelw sync --only=buildifier" >&2
exit 1
"""

def _buildifier_archive_impl(rctx):
    package = json.decode(rctx.attr.package)
    file = fetch(rctx, [package], optional = True)[0]
    if file:
        result = rctx.execute([
            "tar",
            "-xzf",
            file,
            "--strip-components=1",
            "package/buildifier-linux_amd64",
            "package/LICENSE",
        ])
        if result.return_code != 0:
            fail("@%s: %s" % (rctx.name, result.stderr))
        rctx.execute(["mv", "buildifier-linux_amd64", "buildifier"])
        rctx.execute(["chmod", "755", "buildifier"])
    else:
        rctx.file("buildifier", _STANDIN % "no npm, no cache", executable = True)
    rctx.delete("fetched")
    rctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % rctx.name)
    rctx.file("BUILD", "exports_files([\"buildifier\"], visibility = [\"//visibility:public\"])\n")

buildifier_archive = repository_rule(
    implementation = _buildifier_archive_impl,
    attrs = dict(
        FETCH_ATTRS,
        package = attr.string(mandatory = True, doc = "An entry of lock.bzl, as JSON."),
    ),
    environ = FETCH_ENVIRON,
    doc = "A program out of a pinned npm package.",
)
