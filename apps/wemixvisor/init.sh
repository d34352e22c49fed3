#!/bin/sh
# PID 1 of a container: runs its arguments as a command, passes SIGTERM and SIGINT on, reaps orphans (the shell's
# `wait` collects every child that ends), and exits with the command's code.
"$@" &
command=$!
trap 'kill -TERM "$command"' TERM
trap 'kill -INT "$command"' INT
while
  wait "$command"
  code=$?
  # A signal ends the wait as well; the command is then still there.
  kill -0 "$command" 2>/dev/null
do :; done
exit "$code"
