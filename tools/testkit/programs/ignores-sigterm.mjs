// Says "ready" and goes on whatever it is asked: only SIGKILL ends it.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => console.log(signal));
setInterval(() => undefined, 1 << 30);
console.log('ready');
