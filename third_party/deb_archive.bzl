"""deb_archive: a repository with the unpacked files of pinned binary packages."""

load("//third_party:fetch.bzl", "FETCH_ATTRS", "FETCH_ENVIRON", "fetch")

# A tool runs on the loader and the libraries of its own tree, never on the machine's.
_WRAPPER = """#!/bin/sh
d=${0%%/*}/..
%s
exec "$d/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --inhibit-cache --library-path "%s" --argv0 "$0" "$d/%s" "$@"
"""

_LIBRARY_FOLDERS = ["lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib/llvm-19/lib"]

# Arguments: what to remove. Documentation is never read by a build; a link with an absolute target would lead to
# the machine's files; a BUILD file in a package would hide its folder.
_TIDY = """
for x in "$@"; do rm -rf ./$x; done
rm -rf usr/share/doc usr/share/man usr/share/lintian usr/share/bug usr/share/locale
find . -type l | while read -r l; do
  t=$(readlink "$l")
  case $t in
    /*) if [ -e ".$t" ]; then ln -sfn "$(realpath -s --relative-to="${l%/*}" ".$t")" "$l"; else rm "$l"; fi ;;
  esac
done
find . -xtype l -delete
find . \\( -name BUILD -o -name BUILD.bazel -o -name WORKSPACE \\) -type f -delete
"""

def _run(rctx, command, arguments = []):
    result = rctx.execute(["/bin/sh", "-euc", command, "sh"] + arguments, timeout = 1800)
    if result.return_code != 0:
        fail("@%s: %s%s" % (rctx.name, result.stdout, result.stderr))
    return result.stdout

def _deb_archive_impl(rctx):
    files = fetch(rctx, [json.decode(package) for package in rctx.attr.packages])
    rctx.report_progress("unpacking %d packages" % len(files))
    _run(rctx, "printf '%s\\n' \"$@\" | xargs -P \"$(nproc)\" -I{} dpkg-deb --extract {} .", files)
    rctx.delete("fetched")
    _run(rctx, _TIDY, rctx.attr.remove)

    path = ":".join(["$d/" + folder for folder in _LIBRARY_FOLDERS])
    for name, target in rctx.attr.tools.items():
        rctx.file("bin/" + name, _WRAPPER % (rctx.attr.prologues.get(name, ""), path, target), executable = True)
    if rctx.attr.prepare:
        _run(rctx, rctx.attr.prepare)

    # ld.so falls back to the machine's folders without a word: look that nothing is found there.
    for name, target in rctx.attr.tools.items():
        strange = _run(rctx, """
lib=lib/x86_64-linux-gnu
$lib/ld-linux-x86-64.so.2 --inhibit-cache --library-path "$1" --list "$2" |
  awk '/=>/ && $3 !~ /^(usr\\/)?lib\\//'
""", [":".join(_LIBRARY_FOLDERS), target])
        if strange:
            fail("@%s: %s would use libraries of this machine; add their packages in //third_party:packages.bzl:\n%s" %
                 (rctx.name, name, strange))

    rctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % rctx.name)
    rctx.file("BUILD", rctx.read(rctx.attr.build_file))

deb_archive = repository_rule(
    implementation = _deb_archive_impl,
    attrs = dict(
        FETCH_ATTRS,
        packages = attr.string_list(mandatory = True, doc = "Entries of lock.bzl, as JSON."),
        build_file = attr.label(mandatory = True, allow_single_file = True),
        tools = attr.string_dict(doc = "Name under bin/ to the program in the tree; made to run on the tree's libraries."),
        prologues = attr.string_dict(doc = "Name under bin/ to shell that runs before the tool; $d is the tree."),
        remove = attr.string_list(doc = "Shell patterns of what nobody reads."),
        prepare = attr.string(doc = "Shell, run in the tree after unpacking; tools work."),
    ),
    environ = FETCH_ENVIRON,
    doc = "Unpacks pinned Debian packages into one tree.",
)
