// Says "ready" and ends with code 0 by itself.
console.log('ready');
