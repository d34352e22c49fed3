// Says "ready" and ends with the code given as its first argument (1).
console.log('ready');
process.exitCode = Number(process.argv[2] ?? 1);
