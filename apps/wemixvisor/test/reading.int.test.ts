import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { freePort, selfSigned } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { endpoints, eventsPath } from '../src/control/endpoints.ts';
import { fakeSite, settingsOf } from './fake-supervisor.ts';

const token = '0123456789abcdef0123456789abcdef';

/** A supervisor whose API can be read over TCP. */
async function readable() {
  const site = await fakeSite();
  const folder = join(site.paths.home, '..');
  const apiTokenFile = join(folder, 'token');
  writeFileSync(apiTokenFile, `${token}\n`, { mode: 0o600 });
  const apiAddr = `127.0.0.1:${await freePort()}`;
  const settings = { ...settingsOf({ apiAddr }), apiTokenFile };
  const supervisor = await site.supervise({ settings });
  const ask = (
    path: string,
    headers: Record<string, string> = { authorization: `Bearer ${token}` },
  ) => fetch(`http://${apiAddr}${path}`, { headers });
  return { supervisor, apiTokenFile, apiAddr, ask, settings };
}

describe('the API over TCP', () => {
  it('offers what can be read, and nothing that changes anything', async () => {
    const { supervisor, ask, apiAddr, settings } = await readable();
    await supervisor.started({ settings });
    expect(await (await ask('/v1/status')).json()).toMatchObject({ state: 'running' });
    expect(await (await ask('/metrics')).text()).toContain('wemixvisor_node_up 1');
    expect((await ask('/readyz')).status).toBe(200);
    const headers = { authorization: `Bearer ${token}` };
    for (const { method, path } of Object.values(endpoints)) {
      const answer = await fetch(`http://${apiAddr}${path}`, { method, headers });
      expect([method, path, answer.status]).toEqual([method, path, method === 'GET' ? 200 : 404]);
    }
    expect(supervisor.operations.status().state).toBe('running');
  });

  it('streams events', async () => {
    const { ask, supervisor } = await readable();
    const { body, status } = await ask(eventsPath);
    expect(status).toBe(200);
    supervisor.events.publish({ type: 'notice', text: 'hear, hear' });
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('hear, hear');
    await reader?.cancel();
  });

  it.each([
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: `Bearer ${token}x` },
    { authorization: `Bearer ${token.slice(0, -1)}` },
    { authorization: `Basic ${token}` },
    { authorization: `Bearer ${token} ${token}` },
    { 'x-token': token },
  ])('tells nothing to %j', async (headers) => {
    const { ask } = await readable();
    for (const path of ['/v1/status', '/metrics', '/healthz', '/nothing', eventsPath]) {
      const answer = await ask(path, headers);
      expect(answer.status).toBe(401);
      expect(await answer.text()).toBe('{"error":"this needs an Authorization header"}');
    }
  });

  it('goes by the token that is in the file now, and admits nobody where others can read it or it is gone', async () => {
    const { ask, apiTokenFile } = await readable();
    const next = 'another-token-of-some-length';
    writeFileSync(apiTokenFile, next);
    expect((await ask('/v1/status')).status).toBe(401);
    const authorization = `Bearer ${next}`;
    expect((await ask('/v1/status', { authorization })).status).toBe(200);
    chmodSync(apiTokenFile, 0o644);
    expect((await ask('/v1/status', { authorization })).status).toBe(401);
    chmodSync(apiTokenFile, 0o600);
    writeFileSync(apiTokenFile, '');
    expect((await ask('/v1/status', { authorization: 'Bearer ' })).status).toBe(401);
    rmSync(apiTokenFile);
    expect((await ask('/v1/status', { authorization })).status).toBe(401);
  });

  it('is not served without a token that is one, and the supervisor says so and goes on', async () => {
    const site = await fakeSite();
    const apiAddr = `127.0.0.1:${await freePort()}`;
    const file = join(site.paths.home, '..', 'token');
    const settings = settingsOf({ apiAddr });
    const supervisor = await site.supervise({ settings });
    const refused = `cannot serve --api-addr ${apiAddr}: `;
    expect(supervisor.notices).toEqual([
      `${refused}api.token_file must name a file with a token, as openssl rand -hex 32 makes one`,
    ]);
    expect(supervisor.operations.status().problems).toEqual(supervisor.notices);
    await expect(fetch(`http://${apiAddr}/healthz`)).rejects.toThrow();
    const use = (text: string, mode: number) => {
      writeFileSync(file, text);
      chmodSync(file, mode);
      supervisor.settings.apply({ ...settings, apiTokenFile: file });
      return expect.poll(() => supervisor.operations.status().problems);
    };
    await use(token, 0o640).toEqual([
      `${refused}${file} can be read by other users (mode 640): chmod 600 it`,
    ]);
    await use('short', 0o600).toEqual([`${refused}${file} must have 16 characters or more`]);
    await use(token, 0o600).toEqual([]);
  });

  it('is served by TLS from a reload on that names a certificate, and not without it where that is wrong', async () => {
    const { supervisor, apiAddr, settings, ask } = await readable();
    expect((await ask('/healthz')).status).toBe(200);
    const tls = selfSigned(join(settings.apiTokenFile, '..'));
    const secure = (rejectUnauthorized = true) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` };
        const options = { headers, rejectUnauthorized, ca: readFileSync(tls.cert) };
        get(`https://${apiAddr}/healthz`, options, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
    supervisor.settings.apply({ ...settings, apiTlsCert: tls.cert });
    const problems = () => supervisor.operations.status().problems;
    await expect
      .poll(problems)
      .toEqual([`cannot serve --api-addr ${apiAddr}: api.tls_cert needs api.tls_key too`]);
    await expect(ask('/healthz')).rejects.toThrow();
    supervisor.settings.apply({ ...settings, apiTlsCert: tls.cert, apiTlsKey: tls.key });
    await expect.poll(() => secure().catch(() => null)).toBe(200);
    expect(problems()).toEqual([]);
    await expect(ask('/healthz')).rejects.toThrow();
    const other = selfSigned(join(settings.apiTokenFile, '..'), 'other');
    const told: string[] = [];
    supervisor.events.subscribe((event) => {
      if (event.type === 'probes-refused') told.push(event.problem);
    });
    copyFileSync(other.key, tls.key);
    expect(await secure()).toBe(200);
    expect(told).toEqual([
      `the certificate of --api-addr stays as it was: ${tls.key} is not the key of ${tls.cert}: name the two that were made together`,
    ]);
    supervisor.settings.apply(settings);
    await expect
      .poll(() =>
        ask('/healthz').then(
          ({ status }) => status,
          () => null,
        ),
      )
      .toBe(200);
  });
});
