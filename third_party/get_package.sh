#!/bin/sh
# Gets pinned packages into the current folder with this machine's own clients, apt and npm.
#
#   get_package.sh binary NAME=VERSION...   .deb files
#   get_package.sh source NAME=VERSION...   upstream tarballs of source packages
#   get_package.sh npm NAME=VERSION...      npm's .tgz files
#   get_package.sh index                    a fresh private apt index, both kinds; prints the path of its apt.conf
#
# The machine's package index is used as it stands. When it is empty, too old, or lacks source packages (most
# machines list none), a private one is made under ./apt: the machine itself is not touched and no root is needed.
# Who may call: //third_party:fetch.bzl and repin.sh.
set -eu

private_index() {
  d=$PWD/apt
  [ -f "$d/apt.conf" ] && return
  mkdir -p "$d/parts" "$d/lists/partial" "$d/cache/archives/partial"
  # A copy of the machine's own sources, each as binary and as source archive. Nothing names a host here.
  for s in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [ -f "$s" ] || continue
    case $s in
      *.sources) sed 's/^Types:.*/Types: deb deb-src/' "$s" ;;
      *.list) sed -n 's/^deb\(-src\)\{0,1\}[[:space:]]/deb /p' "$s" | sort -u |
        sed 'p; s/^deb /deb-src /' ;;
      *) continue ;;
    esac > "$d/parts/${s##*/}"
  done
  cat > "$d/apt.conf.new" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$d/parts";
Dir::State::lists "$d/lists";
Dir::State::status "/dev/null";
Dir::Cache "$d/cache";
APT::Sandbox::User "root";
APT::Get::List-Cleanup "false";
Acquire::Languages "none";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
  # A third party's source without source packages must not end the update: the hash decides what is good.
  APT_CONFIG=$d/apt.conf.new apt-get -q update >&2 || echo "get_package.sh: apt-get update had errors" >&2
  mv "$d/apt.conf.new" "$d/apt.conf"
}

kind=$1
shift
case $kind in npm) client=npm ;; *) client=apt-get ;; esac
command -v "$client" > /dev/null || {
  echo "get_package.sh: no $client here: give the packages by --distdir, --repository_cache or TORITO_MIRRORS" >&2
  exit 1
}

case $kind in
  binary) set -- download "$@" ;;
  source) set -- source --download-only --tar-only "$@" ;;
  npm)
    for spec in "$@"; do
      # A cache folder of its own: the machine is not touched.
      npm pack --silent --ignore-scripts --cache "$PWD/npm-cache" "${spec%=*}@${spec##*=}" >&2
    done
    exit ;;
  index)
    private_index
    echo "$PWD/apt/apt.conf"
    exit ;;
  *) echo "get_package.sh: unknown kind $kind" >&2; exit 2 ;;
esac

# apt gives up root for downloads, and the user it would become cannot write here.
if [ ! -f apt/apt.conf ] && apt-get -q -o APT::Sandbox::User=root "$@" >&2; then exit 0; fi
private_index
APT_CONFIG=$PWD/apt/apt.conf exec apt-get -q "$@" >&2
