"""Gets the bytes of pinned packages: a helper of the repository rules in this folder, not for BUILD files.

The sha256 of the lock decides, so it does not matter where the bytes come from. Asked in this order:
  1. Bazel's repository cache,
  2. --distdir, where a file has the name that ends its path in the lock,
  3. the mirrors in TORITO_MIRRORS (--repo_env, separated by spaces): a Debian archive (MIRROR/pool/...), or a
     repository cache (MIRROR/sha256/HASH/file),
  4. this machine's own package client: apt, or npm.
"""

FETCH_ENVIRON = ["TORITO_MIRRORS"]

FETCH_ATTRS = {
    "_get_package": attr.label(default = "//third_party:get_package.sh", allow_single_file = True),
}

def _basename(package):
    return package["path"].split("/")[-1]

def _download(rctx, package, urls):
    return rctx.download(
        url = urls,
        output = "fetched/" + package["sha256"],
        sha256 = package["sha256"],
        allow_fail = True,
    ).success

def _from_cache(rctx, package):
    # Without an address Bazel looks into its repository cache only, in silence.
    return _download(rctx, package, [])

def _from_distdir(rctx, package):
    # Bazel looks there only for the name that ends an address, and warns when nobody answers at the address; so here
    # is one that explains itself.
    return _download(rctx, package, ["file:///not-in---distdir/" + _basename(package)])

def _from_mirrors(rctx, package):
    urls = []
    for mirror in rctx.os.environ.get("TORITO_MIRRORS", "").split(" "):
        if mirror:
            urls.append("%s/sha256/%s/file" % (mirror, package["sha256"]))
            urls.append("%s/%s" % (mirror, package["path"]))
    return bool(urls) and _download(rctx, package, urls)

def _file_name(package):
    """The name under which the client stores a package in the current folder."""
    if package["kind"] != "binary":
        return _basename(package)
    return "%s_%s_%s.deb" % (package["name"], package["version"].replace(":", "%3a"), package["architecture"])

def _spec(package):
    arch = ":" + package["architecture"] if package.get("architecture", "all") != "all" else ""
    return "%s%s=%s" % (package["name"], arch, package["version"])

def _vanished(package, why):
    fail(("\n%s package %s %s (%s, sha256 %s) is in no cache, --distdir or mirror, and this machine's package " +
          "client cannot give it: it may have left the archive.\n" +
          "Remedy: supply it by --distdir, --repository_cache or --repo_env=TORITO_MIRRORS, or pin the " +
          "archive's present versions with\n  ./bazelw run //third_party:repin\n%s") %
         (package["kind"], package["name"], package["version"], _basename(package), package["sha256"], why))

def _from_client(rctx, folder, client, package, bulk):
    """Checks one package's file, which the client may have got with all others. Returns what is wrong, or None."""
    file = folder.get_child(_file_name(package))
    if not file.exists and bulk.return_code != 0:
        # One that cannot be had spoils the call for all.
        one = rctx.execute(client + [_spec(package)], working_directory = str(folder), timeout = 1800)
        if one.return_code != 0:
            return one.stderr
    if not file.exists:
        return "the client reported success, but made no file " + file.basename

    # Through Bazel's downloader, so that the bytes are checked and land in the repository cache. The address must
    # not hold apt's %3a, which would be decoded.
    plain = folder.get_child(package["sha256"] + ".plain")
    rctx.symlink(file, plain)
    return None if _download(rctx, package, ["file://" + str(plain)]) else "the client's file has another hash"

def fetch(rctx, packages, optional = False):
    """Downloads packages and checks their hashes.

    Args:
        rctx: the repository context of a rule with FETCH_ATTRS and FETCH_ENVIRON.
        packages: entries of lock.bzl, each with its name and kind; all of one kind.
        optional: whether a package that cannot be had is None in the result; otherwise it is an error.

    Returns:
        The files' names relative to the repository, in the order of packages. They lie under fetched/, the
        caller deletes it.
    """
    outputs = ["fetched/" + package["sha256"] for package in packages]
    missing = [package for package in packages if not _from_cache(rctx, package)]

    # One warning is enough: what is not there for the first is not asked for the others.
    if missing and _from_distdir(rctx, missing[0]):
        missing = [package for package in missing[1:] if not _from_distdir(rctx, package)]
    missing = [package for package in missing if not _from_mirrors(rctx, package)]
    if not missing:
        return outputs

    # All in one call: apt needs a second to read its index, and may then download several at once.
    rctx.file("fetched/client/.keep")
    folder = rctx.path("fetched/client")
    client = [rctx.path(rctx.attr._get_package), missing[0]["kind"]]
    rctx.report_progress("getting %d packages" % len(missing))
    bulk = rctx.execute(client + [_spec(p) for p in missing], working_directory = str(folder), timeout = 1800)
    for package in missing:
        why = _from_client(rctx, folder, client, package, bulk)
        if why and _from_distdir(rctx, package):
            continue
        if why and optional:
            outputs[packages.index(package)] = None
        elif why:
            _vanished(package, why)
    return outputs
