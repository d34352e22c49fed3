#!/bin/sh
# A numbered node behind another program, which NUMBERED_WRAPPER names.
# The shell's own words about a killed child are no lines of the node.
exec 2>/dev/null
node=${0%/*}/numbered-node.mjs
case $1-$NUMBERED_WRAPPER in
version-*) exec "$node" "$@" ;;
*-sh)
  "$node" "$@"
  exit $?
  ;;
*-timeout) exec timeout 1h "$node" "$@" ;;
*-setsid) exec setsid "$node" "$@" ;;
*-su) exec su -p -s /bin/sh -c 'exec "$0" "$@"' root -- "$node" "$@" ;;
esac
