import { describe, expect, it } from 'vitest';
import { publishedManifest, repositoryOf } from './published-manifest.mjs';
import { packages, program, readManifest } from './published.mjs';

describe('repositoryOf', () => {
  const git = 'git+https://github.com/OWNER/NAME.git';
  it.each([
    'https://github.com/OWNER/NAME',
    'https://github.com/OWNER/NAME.git',
    git,
    { type: 'git', url: git },
  ])('understands %j', (repository) => {
    expect(repositoryOf({ repository })).toEqual({ git, web: 'https://github.com/OWNER/NAME' });
  });

  it('knows when nothing is said, and refuses what npm could not compare with the publisher', () => {
    expect(repositoryOf({})).toBeUndefined();
    expect(() => repositoryOf({ repository: 'OWNER/NAME' })).toThrow('https://HOST/OWNER/NAME');
  });
});

describe('publishedManifest', () => {
  const manifest = {
    name: '@wemixvisor/logs',
    scripts: { prepack: 'node ../../tools/release/refuse-unbuilt.mjs' },
    dependencies: { got: '^14.6.6' },
    devDependencies: { '@wemixvisor/testkit': '^0.0.0' },
    nx: { tags: ['type:package'] },
  };

  it('has nothing that only the workspace needs', () => {
    expect(publishedManifest(manifest, 'packages/logs', {})).toEqual({
      name: '@wemixvisor/logs',
      dependencies: { got: '^14.6.6' },
    });
  });

  it('says where its source is, once the workspace does', () => {
    const workspace = { repository: 'https://github.com/OWNER/NAME' };
    expect(publishedManifest(manifest, 'packages/logs', workspace)).toMatchObject({
      homepage: 'https://github.com/OWNER/NAME/tree/main/packages/logs#readme',
      bugs: 'https://github.com/OWNER/NAME/issues',
      repository: {
        type: 'git',
        url: 'git+https://github.com/OWNER/NAME.git',
        directory: 'packages/logs',
      },
    });
  });
});

it.each([...packages, program])('$name cannot be packed unbuilt', ({ folder }) => {
  expect(readManifest(folder)['scripts']).toEqual({
    prepack: 'node ../../tools/release/refuse-unbuilt.mjs',
  });
});
