// The DynamoDB emulator dynalite on loopback: node dynalite.js FOLDER PORT. Its own program ends when a client dies in the
// middle of a request; this one goes on.
'use strict';
const [folder, port] = process.argv.slice(2);
const server = require(folder)();

server.on('error', error => {
    console.error(error.message);
    process.exit(1);
});
process.on('uncaughtException', error => {
    console.error(error);
    if (error.code !== 'ECONNRESET') {
        process.exit(1);
    }
});
server.listen(Number(port), '127.0.0.1', () => console.log(`Listens on 127.0.0.1:${port}.`));
