"""source_archive: a repository with files of a pinned source package's upstream tarball."""

load("//third_party:fetch.bzl", "FETCH_ATTRS", "FETCH_ENVIRON", "fetch")

# Arguments: tarball, number of its bytes to read once it is decompressed (0: all), members. The file is pinned, so
# where its last wanted member ends is pinned too; the rest of LLVM's 1.7 GB need not be decompressed. The
# decompressor then dies of SIGPIPE, which is why its status does not count: a damaged file has another hash, and a
# member that is missing makes tar fail.
_UNPACK = """
tarball=$1 bytes=$2
shift 2
case $(head -c 2 "$tarball" | od -An -tx1) in *'1f 8b'*) z=gzip ;; *) z='xz -T0' ;; esac
{ $z -dc < "$tarball" 2> /dev/null || :; } |
  if [ "$bytes" = 0 ]; then cat; else head -c "$bytes"; fi |
  tar -x --strip-components=1 --wildcards "$@"
"""

def _source_archive_impl(rctx):
    file = fetch(rctx, [json.decode(rctx.attr.package)])[0]
    rctx.report_progress("unpacking")
    commands = [(_UNPACK, [file, str(rctx.attr.bytes)] + rctx.attr.members)]
    if rctx.attr.prepare:
        commands.append((rctx.attr.prepare, []))
    for command, arguments in commands:
        result = rctx.execute(["/bin/sh", "-euc", command, "sh"] + arguments, timeout = 1800)
        if result.return_code != 0:
            fail("@%s: %s%s" % (rctx.name, result.stdout, result.stderr))
    rctx.delete("fetched")
    for label, path in rctx.attr.files.items():
        rctx.file(path, rctx.read(label), executable = False)
    rctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % rctx.name)
    rctx.file("BUILD", rctx.read(rctx.attr.build_file))

source_archive = repository_rule(
    implementation = _source_archive_impl,
    attrs = dict(
        FETCH_ATTRS,
        package = attr.string(mandatory = True, doc = "An entry of lock.bzl, as JSON."),
        build_file = attr.label(mandatory = True, allow_single_file = True),
        members = attr.string_list(doc = "Shell patterns of the wanted members; all if empty."),
        bytes = attr.int(doc = "Where the last wanted member ends in the tar stream; 0 reads all."),
        prepare = attr.string(doc = "Shell, run in the tree: makes generated headers."),
        files = attr.label_keyed_string_dict(allow_files = True, doc = "Own files to their place in the tree."),
    ),
    environ = FETCH_ENVIRON,
    doc = "Unpacks a part of a pinned source package.",
)
