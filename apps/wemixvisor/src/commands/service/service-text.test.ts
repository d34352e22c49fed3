import { describe, expect, it } from 'vitest';
import { launchdLabel, serviceText, type ServiceFacts } from './service-text.ts';

const facts = (overrides: Partial<ServiceFacts> = {}): ServiceFacts => ({
  command: ['/usr/bin/node', '/opt/main.js', 'start', '--foreground', '--', '--http'],
  home: '/srv/node',
  user: 'geth',
  stopTimeoutMs: 300_000,
  reload: ['/usr/bin/node', '/opt/main.js', 'reload'],
  writable: ['/srv/node'],
  sharesTmp: false,
  ...overrides,
});

describe('serviceText', () => {
  it('waits longer than the grace period, and for ever where that is for ever', () => {
    expect(serviceText('systemd', facts())).toContain('\nTimeoutStopSec=330\n');
    const endless = facts({ stopTimeoutMs: 0 });
    expect(serviceText('systemd', endless)).toContain('\nTimeoutStopSec=infinity\n');
    expect(serviceText('launchd', facts())).toMatch(/ExitTimeOut<\/key>\s*<integer>330</);
    expect(serviceText('launchd', endless)).toMatch(/ExitTimeOut<\/key>\s*<integer>0</);
  });

  it('says where it comes from and for which home', () => {
    const unit = serviceText('systemd', facts());
    expect(unit).toMatch(/^# By wemixvisor service systemd\.\n/);
    expect(unit).toContain(
      '\nDescription=geth-family node kept running by wemixvisor (/srv/node)\n',
    );
    expect(serviceText('launchd', facts())).toContain(
      '\n<!-- By wemixvisor service launchd. -->\n',
    );
  });

  it('does not restart after a wrong command line, and lets a node open many files', () => {
    const unit = serviceText('systemd', facts());
    expect(unit).toContain('\nRestartPreventExitStatus=64\n');
    expect(unit).toContain('\nLimitNOFILE=1048576\n');
  });

  it('names the service by its home', () => {
    expect(serviceText('launchd', facts())).toContain('<string>wemixvisor.srv.node</string>');
    expect(launchdLabel('/Users/op/.wemixvisor/')).toBe('wemixvisor.Users.op.wemixvisor');
  });

  it('calls what a plist cannot contain a wrong command line', () => {
    const odd = facts({ command: ['/x', 'a\u0007b'] });
    expect(() => serviceText('launchd', odd)).toThrow(
      expect.objectContaining({
        message:
          '"a\\u0007b" has a character that a plist cannot contain: put the value into a file that the node reads',
        exitCode: 64,
      }),
    );
    expect(serviceText('systemd', odd)).toContain(String.raw`"a\x07b"`);
  });
});
