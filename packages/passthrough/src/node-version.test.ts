import { describe, expect, it } from 'vitest';
import { parseClientVersion, parseVersionOutput } from './node-version.ts';

describe('parseVersionOutput', () => {
  it('reads the lines of geth version', () => {
    const output =
      'Geth\nVersion: 1.16.9-stable\nGit Commit: 95665d5703bd\nArchitecture: amd64\nGo Version: go1.25.1\n';
    expect(parseVersionOutput(output)).toEqual({
      flavour: 'geth',
      version: '1.16.9',
      raw: '1.16.9-stable',
    });
  });

  it('reads the one line of geth --version', () => {
    expect(parseVersionOutput('geth version 1.17.5-stable-0a1b2c3d\n')).toEqual({
      flavour: 'geth',
      version: '1.17.5',
      raw: '1.17.5-stable-0a1b2c3d',
    });
  });

  it('reads gwemix, and knows go-wbft by its first number', () => {
    expect(parseVersionOutput('Gwemix\nVersion: 0.10.9-stable\n').flavour).toBe('gwemix');
    expect(parseVersionOutput('Gwemix\nVersion: 1.0.0-alpha\n').flavour).toBe('go-wbft');
    expect(parseVersionOutput('Gstable\nVersion: 1.0.1-stable\n').flavour).toBe('gstable');
  });

  it('reads Windows line ends and leading log lines', () => {
    expect(
      parseVersionOutput(
        'loading\r\nINFO [01-01|00:00:00] x y\r\nGeth\r\nVersion: 1.9.6-stable\r\n',
      ),
    ).toEqual({ flavour: 'geth', version: '1.9.6', raw: '1.9.6-stable' });
  });

  it.each(['', '\n', 'hello', 'v20.1.0', 'reth Version: x'])('calls %j unknown', (output) => {
    expect(parseVersionOutput(output)).toMatchObject({ flavour: 'unknown', version: null });
  });
});

describe('parseClientVersion', () => {
  it.each([
    ['Geth/v1.9.6-stable/linux-amd64/go1.19.8', 'geth', '1.9.6'],
    ['Geth/my-node/v1.16.9-stable-95665d57/linux-amd64/go1.25.1', 'geth', '1.16.9'],
    ['Geth/v9.9.9/v1.16.9-stable/linux-amd64/go1.25.1', 'geth', '1.16.9'],
    ['Gstable/v1.0.1-stable/linux-amd64/go1.26.8', 'gstable', '1.0.1'],
    ['Gwemix/v0.10.9-stable-f5877145/linux-amd64/go1.19', 'gwemix', '0.10.9'],
    ['gwemix/v1.0.0-alpha/linux-amd64/go1.21', 'go-wbft', '1.0.0'],
    ['Nethermind/v1.25.4+20b10b35/linux-x64/dotnet8.0.2', 'unknown', '1.25.4'],
    ['', 'unknown', null],
  ])('reads %j', (clientVersion, flavour, version) => {
    expect(parseClientVersion(clientVersion)).toMatchObject({ flavour, version });
  });
});
