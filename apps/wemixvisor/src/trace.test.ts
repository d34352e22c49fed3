import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function traced(environment: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  vi.resetModules(); // The environment is read once, when the module is loaded.
  const { trace } = await import('./trace.ts');
  const message = vi.fn(() => 'GET /v1/status');
  trace('control', message);
  return { written, message };
}

describe('trace', () => {
  it('writes a line to standard error under WEMIXVISOR_DEBUG=1', async () => {
    const { written } = await traced({ WEMIXVISOR_DEBUG: '1' });
    expect(written).toEqual([
      expect.stringMatching(/^WEMIXVISOR \d+ \d+ms control: GET \/v1\/status\n$/),
    ]);
  });

  it.each([{}, { WEMIXVISOR_DEBUG: '0' }, { WEMIXVISOR_DEBUG: '' }])(
    'neither writes nor makes the message under %j',
    async (environment) => {
      const { written, message } = await traced(environment);
      expect(written).toEqual([]);
      expect(message).not.toHaveBeenCalled();
    },
  );
});
