import { describe, expect, it } from 'vitest';
import { readOperatorScript } from './operator-script.ts';

const argumentsOf = (rc: string) => readOperatorScript(rc, '/opt/m1').args.join(' ');

describe('what gwemix.sh start runs', () => {
  it('has an archive node on its default ports without any setting', () => {
    expect(argumentsOf('')).toBe(
      '--datadir /opt/m1 --metrics --http --http.addr 0.0.0.0 --ws --ws.addr 0.0.0.0 --syncmode full --gcmode archive',
    );
  });

  it('has the ports after PORT, and all other settings', () => {
    const rc = [
      '# member 1',
      'export PORT=9588 # RPC',
      'DISCOVER=0;',
      "COINBASE='0xabc'",
      'SYNC_MODE="snap"',
      'NONCE_LIMIT=10',
      'BOOT_NODES=enode://a@10.0.0.1:8589,enode://b@10.0.0.2:8589',
      'TESTNET=1',
      'HUB=d6b7',
      'MAX_TXS_PER_BLOCK=500',
      'GWEMIX_OPTS="--cache 4096 --maxpeers 30"',
    ].join('\n');
    const { args, read } = readOperatorScript(rc, '/opt/m1');
    expect(args.join(' ')).toBe(
      '--datadir /opt/m1 --metrics --miner.etherbase 0xabc --nodiscover --http --http.addr 0.0.0.0 --http.port 9588 ' +
        '--ws --ws.addr 0.0.0.0 --ws.port 9598 --bootnodes enode://a@10.0.0.1:8589,enode://b@10.0.0.2:8589 --noncelimit 10 ' +
        '--wemix-testnet --syncmode snap --cache 4096 --maxpeers 30 --port 9589 --hub d6b7 --maxtxsperblock 500',
    );
    expect(read).toMatchObject({ PORT: '9588', DISCOVER: '0', SYNC_MODE: 'snap' });
  });

  it('has the sizes of its log, where they are some', () => {
    const logOf = (rc: string) => {
      const { log, logrot } = readOperatorScript(rc, '/opt/m1');
      return [...logrot, log];
    };
    const rotator = ['/opt/m1/bin/logrot', '/opt/m1/logs/log'];
    expect(logOf('')).toEqual([...rotator, '10M', '5', { maxSize: '10MiB', maxFiles: 5 }]);
    expect(logOf('LOG_FILESIZE=2g\nLOG_FILECOUNT=12\n')).toEqual([
      ...[...rotator, '2g', '12'],
      { maxSize: '2GiB', maxFiles: 12 },
    ]);
    expect(logOf('LOG_FILESIZE=big\nLOG_FILECOUNT=0\n')).toEqual([
      ...[...rotator, 'big', '0'],
      { maxSize: null, maxFiles: null },
    ]);
  });

  it('executes nothing, and says what it does not read', () => {
    const { args, notes } = readOperatorScript(
      'PORT=$((8588 + 1))\nrm -rf /\nCOLOUR=red\nCOINBASE="$(cat key)"\n',
      '/opt/m1',
    );
    expect(args).not.toContain('--http.port');
    expect(notes).toEqual(
      expect.arrayContaining([
        'line 1 of .rc is not read, and what it sets is missing here: PORT=$((8588 + 1))',
        'line 2 of .rc is not read, and what it sets is missing here: rm -rf /',
        'COLOUR means nothing to gwemix.sh start',
        'line 4 of .rc is not read, and what it sets is missing here: COINBASE="$(cat key)"',
      ]),
    );
  });

  it('names what will not do', () => {
    const { notes } = readOperatorScript('PORT=web\nSYNC_MODE=fast\nTESTNET=2\n', '/opt/m1');
    expect(notes).toEqual(
      expect.arrayContaining([
        'PORT is web, which is no port',
        expect.stringContaining('SYNC_MODE fast is refused'),
        expect.stringContaining('TESTNET is 2'),
      ]),
    );
  });
});
