// Says "ready" and runs until SIGTERM, then ends with code 0.
process.on('SIGTERM', () => process.exit(0));
setInterval(() => undefined, 1 << 30);
console.log('ready');
