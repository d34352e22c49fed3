import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLaunchFile } from '../src/state/launch-file.ts';
import { workplace } from './workplace.ts';

async function withConfig(toml: string) {
  const place = await workplace();
  mkdirSync(place.paths.home, { mode: 0o700 });
  writeFileSync(place.paths.config, toml, { mode: 0o600 });
  return place;
}

describe('config show', () => {
  it('shows every setting as a valid config.toml', async () => {
    const place = await workplace();
    const { code, stdout } = await place.run('config', 'show');
    expect(code).toBe(0);
    const copy = join(place.path, 'copy.toml');
    writeFileSync(copy, stdout, { mode: 0o600 });
    expect(await place.run('config', 'check', copy)).toEqual({
      code: 0,
      stdout: `${copy} is valid\n`,
      stderr: '',
    });
    expect(stdout).toContain('\n[health]\ninterval = "30s"\n');
  });

  it('says where each value comes from', async () => {
    const place = await withConfig('[health]\n\nmin_peers = 4\n');
    place.env['DAEMON_SHUTDOWN_GRACE'] = '90s';
    const { stdout } = await place.run('config', 'show', '--origin', '--max-restarts', '2');
    expect(stdout).toMatch(/^max = 2 +# option --max-restarts$/m);
    expect(stdout).toMatch(/^timeout = "1m30s" +# DAEMON_SHUTDOWN_GRACE$/m);
    expect(stdout).toMatch(new RegExp(`^min_peers = 4 +# ${place.paths.config}:3$`, 'm'));
    expect(stdout).toMatch(/^interval = "30s" +# default$/m);
  });

  it('reads the configuration in DAEMON_HOME, as cosmovisor names it, where no other home is named', async () => {
    const place = await withConfig('[health]\nmin_peers = 4\n');
    place.env['DAEMON_HOME'] = place.paths.home;
    delete place.env['WEMIXVISOR_HOME'];
    expect((await place.run('config', 'show')).stdout).toMatch(/^min_peers = 4$/m);
    place.env['WEMIXVISOR_HOME'] = join(place.path, 'other');
    expect((await place.run('config', 'show')).stdout).toMatch(/^min_peers = 1$/m);
  });

  it('tells programs the same, and nobody a secret', async () => {
    const place = await withConfig(
      '[alerts]\nwebhook_url = "https://hooks.example/s3cr3t"\n[health]\nrpc_url = "https://me:s3cr3t@rpc.example/"\n',
    );
    const { stdout } = await place.run('config', 'show', '--json');
    const shown = JSON.parse(stdout) as {
      readonly config_file: string;
      readonly settings: Readonly<Record<string, unknown>>;
    };
    expect(shown.config_file).toBe(place.paths.config);
    expect(shown.settings['alerts.webhook_url']).toEqual({
      value: 'REDACTED',
      from: 'file',
      source: `${place.paths.config}:2`,
    });
    expect(shown.settings['stop.timeout']).toEqual({ value: '5m', from: 'default', source: null });
    const table = await place.run('config', 'show', '--origin');
    expect(stdout + table.stdout).not.toContain('s3cr3t');
  });

  it('counts the options of the last start in, and the file that it named', async () => {
    const place = await workplace();
    const file = join(place.path, 'other.toml');
    writeFileSync(file, '[health]\nmin_peers = 7\n', { mode: 0o600 });
    const foreground = await place.supervised('--config', file, '--max-restarts', '9');
    foreground.signal('SIGTERM');
    await foreground.done;
    const { stdout } = await place.run('config', 'show', '--origin');
    expect(stdout).toMatch(/^max = 9 +# option --max-restarts$/m);
    expect(stdout).toMatch(new RegExp(`^min_peers = 7 +# ${file}:2$`, 'm'));
  });
});

describe('config check', () => {
  it('names every fault of the file and the environment, one a line, in order', async () => {
    const place = await withConfig(
      '[health]\nmin_peer = 1\ninterval = 30\n[log]\nlevel = "loud"\n[stop]\ntimeout = "5 minutes"\n',
    );
    place.env['WEMIXVISOR_MAX_RESTARTS'] = 'many';
    place.env['WEMIXVISOR_MIN_PEER'] = '3';
    const { code, stdout, stderr } = await place.run('config', 'check');
    const { config } = place.paths;
    expect(stderr.split('\n')).toEqual([
      'wemixvisor: warning: WEMIXVISOR_MIN_PEER is not a setting: did you mean WEMIXVISOR_MIN_PEERS?',
      `wemixvisor: ${config}:2: health.min_peer is not a setting: did you mean health.min_peers?`,
      `wemixvisor: ${config}:3: health.interval: 30 is not a duration from 10ms up, like 30s or 5m`,
      `wemixvisor: ${config}:5: log.level: "loud" is not one of debug, info, warn, error`,
      `wemixvisor: ${config}:7: stop.timeout: "5 minutes" is not a duration like 500ms, 30s, 5m, 1h30m or 0`,
      'wemixvisor: WEMIXVISOR_MAX_RESTARTS: "many" is not a whole number from 0',
      '',
    ]);
    expect(stdout).toBe('');
    expect(code).toBe(64);
  });

  it('is content where there is no file, unless one is named', async () => {
    const place = await workplace();
    expect(await place.run('config', 'check')).toMatchObject({
      code: 0,
      stdout: `there is no ${place.paths.config}: the defaults apply\n`,
    });
    expect(await place.run('config', 'check', 'none.toml')).toMatchObject({ code: 64, stdout: '' });
    place.env['WEMIXVISOR_CONFIG'] = 'none.toml';
    expect(await place.run('config', 'check')).toMatchObject({ code: 64, stdout: '' });
  });

  it('says where a file stops being TOML', async () => {
    const place = await withConfig('[health]\nmin_peers = = 2\n');
    const { code, stderr } = await place.run('config', 'check');
    expect(stderr).toMatch(/^wemixvisor: .*config\.toml:2:\d+: .*\n$/);
    expect(code).toBe(64);
  });
});

describe('config init', () => {
  it('writes a file for its owner only, which changes nothing and is never overwritten', async () => {
    const place = await workplace();
    const { config, home } = place.paths;
    expect(await place.run('config', 'init')).toMatchObject({ code: 0, stderr: '' });
    expect([home, config].map((file) => statSync(file).mode & 0o777)).toEqual([0o700, 0o600]);
    expect((await place.run('config', 'check')).stdout).toBe(`${config} is valid\n`);

    writeFileSync(config, '# mine\n');
    const again = await place.run('config', 'init');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(`cannot write ${config}: it exists; --force`);
    expect(readFileSync(config, 'utf8')).toBe('# mine\n');
    expect((await place.run('config', 'init', '--force')).code).toBe(0);
    expect(readFileSync(config, 'utf8')).toContain('#min_peers = 1\n');
  });
});

describe('config', () => {
  it('explains its commands', async () => {
    const place = await workplace();
    for (const argv of [['config'], ['config', '--help'], ['help', 'config']]) {
      const { code, stdout } = await place.run(...argv);
      expect(stdout).toContain('\n  config check  check the configuration');
      expect(stdout).not.toContain('\n  start ');
      expect(code).toBe(0);
    }
    const { code, stderr } = await place.run('config', 'shwo');
    expect(stderr).toBe(
      'wemixvisor: there is no command "config shwo": did you mean config show?\n',
    );
    expect(code).toBe(64);
  });
});

describe('what others could have written', () => {
  it('is refused as a configuration, with the remedy', async () => {
    const place = await withConfig('[node]\nbinary = "/tmp/evil"\n');
    chmodSync(place.paths.config, 0o620);
    const { code, stderr } = await place.run('start', '--', ...place.nodeArguments);
    expect(stderr).toContain('config.toml can be changed by other users (mode 620): chmod 600 it');
    expect(code).toBe(64);
  });

  it.skipIf(process.getuid?.() !== 0)('is refused as a home; only root can try it', async () => {
    const place = await withConfig('');
    chownSync(place.paths.home, 1001, 1001);
    const { code, stderr } = await place.run('start', '--', ...place.nodeArguments);
    expect(stderr).toContain(`the home ${place.paths.home} belongs to user 1001`);
    expect(code).toBe(64);
    chownSync(place.paths.home, 0, 0);
    chownSync(place.paths.config, 1001, 1001);
    const config = await place.run('config', 'check', place.paths.config);
    expect(config.stderr).toContain('config.toml belongs to user 1001');
  });
});

describe('what a start says of its surroundings', () => {
  it('warns of a variable that has no effect, and of root without need', async () => {
    const place = await workplace();
    place.env['WEMIXVISOR_MIN_PEER'] = '3';
    const asRoot = { uid: 0, isContained: () => false };
    const refused = ['--strict', '--', '--no-such-flag'];
    const { stderr } = await place.runAs(asRoot, 'start', ...refused);
    expect(stderr).toContain('did you mean WEMIXVISOR_MIN_PEERS?');
    expect(stderr.match(/running as root/g)).toHaveLength(1);
    const quiet = [
      await place.runAs(asRoot, 'start', '--allow-root', ...refused),
      await place.runAs({ uid: 0, isContained: () => true }, 'start', ...refused),
    ];
    for (const ran of quiet) expect(ran.stderr).not.toContain('running as root');
  });

  it('is a refusal under --strict, a warning too, and --strict is not repeated', async () => {
    const place = await workplace();
    const warned = ['--', ...place.nodeArguments, '--cache', '512', '--cache', '1024'];
    const refused = await place.run('start', '--strict', ...warned);
    expect(refused).toMatchObject({ code: 64, stdout: '' });
    expect(refused.stderr).toContain('not started: --strict is on');
    const run = place.begin('start', '--foreground', '--strict', '--', ...place.nodeArguments);
    await place.reaches('running');
    run.signal('SIGTERM');
    await run.done;
    const { options } = readLaunchFile(place.paths.launch)?.sources ?? {};
    expect(options).toEqual({});
  });
});
