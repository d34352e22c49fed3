import { describe, expect, it } from 'vitest';
import { missingUser, userObstacles, type ServiceUser } from './service-user.ts';

describe('missingUser', () => {
  it('names a user that is near, and how to make the one that is not', () => {
    expect(missingUser('geht', ['root', 'geth'], 'linux')).toBe(
      'there is no user "geht" here: did you mean geth? (to make it: sudo useradd --system --user-group --create-home --home-dir /var/lib/geht --shell /usr/sbin/nologin geht)',
    );
    expect(missingUser('op', ['root'], 'darwin')).toBe('there is no user "op" here');
  });
});

describe('userObstacles', () => {
  const here = import.meta.dirname;
  const needs = { programs: [here], files: [here], cwd: here, writable: [here, '/no/such/folder'] };
  const user = (may: ServiceUser['may']) => ({ name: 'geth', uid: 1, gid: 1, home: '/', may });

  it('are none where everything is allowed, or nobody can tell', () => {
    expect(
      userObstacles(
        user(() => true),
        needs,
      ),
    ).toEqual([]);
    expect(
      userObstacles(
        user(() => null),
        needs,
      ),
    ).toEqual([]);
  });

  it('name each right that is missing, but nothing that does not exist', () => {
    expect(
      userObstacles(
        user(() => false),
        needs,
      ),
    ).toEqual(
      ['run', 'read', 'enter', 'write to'].map((word) => `the user geth may not ${word} ${here}`),
    );
    expect(
      userObstacles(
        user(() => false),
        { ...needs, cwd: null },
      ),
    ).toHaveLength(3);
  });
});
