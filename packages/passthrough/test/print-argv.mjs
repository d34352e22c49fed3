// Stands in for a node: says exactly which words reached it.
process.stdout.write(JSON.stringify(process.argv.slice(2)));
