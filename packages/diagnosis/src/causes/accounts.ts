import { examplesOf, type Cause } from '../cause.ts';

/** Accounts that are unlocked at the start (geth up to 1.17.3, gwemix), and gwemix's own settings: cmd/geth/main.go. */
export const accountCauses: readonly Cause[] = [
  {
    name: 'wrong-password',
    class: 'never',
    meaning: 'The password of an account that is to be unlocked is wrong.',
    remedy:
      'Correct the line of the --password file that belongs to the account; trailing blanks count.',
    signs: [
      {
        where: 'fatal',
        pattern:
          /^Failed to unlock account (?<account>\S{1,100}) \(could not decrypt key with given password\)$/,
        summary: ({ part }) => `the password of account ${part('account')} is wrong`,
      },
      {
        where: 'fatal',
        pattern: /^Failed to unlock developer account: could not decrypt key with given password$/,
        summary: () => 'the password of the developer account is wrong',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.13.15, cmd/geth/accountcmd.go',
        'Fatal: Failed to unlock account 0x7ef5a6135f1fd6a02593eedc869c6d41d934aef8 (could not decrypt key with given password)',
      ],
      [
        'gwemix w0.10.9, cmd/geth/accountcmd.go',
        'Fatal: Failed to unlock account 0 (could not decrypt key with given password)',
      ],
      [
        'geth 1.16.9, cmd/utils/flags.go',
        'Fatal: Failed to unlock developer account: could not decrypt key with given password',
      ],
    ),
  },
  {
    name: 'account-not-usable',
    class: 'never',
    meaning: 'An account that is to be unlocked or to mine is not in the keystore, or none is set.',
    remedy:
      'Check --unlock, --miner.etherbase and --keystore: "account list" of the node shows what is there.',
    signs: [
      {
        where: 'fatal',
        pattern: /^Failed to unlock account (?<account>\S{1,100}) \((?!could not decrypt)/,
        summary: ({ part }) => `account ${part('account')} cannot be unlocked`,
      },
      {
        where: 'fatal',
        pattern: /^Could not list accounts: /,
        summary: () => 'an account of --unlock is not an address or an index of the keystore',
      },
      {
        where: 'fatal',
        pattern: /^Failed to start mining: (?:etherbase|signer) missing\b/,
        summary: () => 'mining has no account',
      },
      {
        where: 'fatal',
        pattern: /^No etherbase configured$/,
        summary: () => 'mining has no account',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.10.26, cmd/geth/accountcmd.go',
        'Fatal: Failed to unlock account 0x7ef5a6135f1fd6a02593eedc869c6d41d934aef8 (no key for given address or file)',
      ],
      [
        'gwemix w0.10.9, cmd/geth/accountcmd.go',
        'Fatal: Could not list accounts: index 3 higher than number of accounts 1',
      ],
      ['gwemix w0.10.9, cmd/utils/flags.go', 'Fatal: No etherbase configured'],
      [
        'gwemix w0.10.9, eth/backend.go',
        'Fatal: Failed to start mining: etherbase missing: etherbase must be explicitly specified',
      ],
    ),
  },
  {
    name: 'password-not-readable',
    class: 'never',
    meaning:
      'The password file cannot be read, or the node asks for a password where there is no terminal.',
    remedy:
      'Correct the path of --password and who may read it; a node without a terminal cannot be asked.',
    signs: [
      {
        where: 'fatal',
        pattern: /^Failed to read password file: (?:open )?(?<why>.{1,1000})$/,
        summary: ({ part }) => `the password file cannot be read: ${part('why')}`,
      },
      {
        where: 'fatal',
        pattern: /^Failed to read password(?: confirmation)?: /,
        summary: ({ program }) => `${program} asked for a password and nobody could answer`,
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.17.5, cmd/utils/flags.go',
        'Fatal: Failed to read password file: open /etc/geth/password: no such file or directory',
      ],
      ['gwemix w0.10.9, cmd/utils/prompt.go', 'Fatal: Failed to read password: EOF'],
    ),
  },
  {
    name: 'unlock-over-http',
    class: 'never',
    meaning: 'The node does not unlock an account while its API is open over HTTP or WebSocket.',
    remedy:
      'Leave --unlock out and sign elsewhere; --allow-insecure-unlock permits it, at the risk of the funds.',
    signs: [
      {
        where: 'fatal',
        pattern: /^Account unlock with HTTP access is forbidden!/,
        summary: ({ program }) => `${program} refuses --unlock together with HTTP or WebSocket`,
      },
    ],
    examples: examplesOf(1, [
      'gwemix w0.10.9, cmd/geth/main.go',
      'Fatal: Account unlock with HTTP access is forbidden!',
    ]),
  },
  {
    name: 'invalid-consensus-method',
    class: 'never',
    meaning: 'The consensus method of the command line is none that gwemix knows.',
    remedy: 'Correct --consensusmethod, or leave it out.',
    signs: [
      {
        where: 'fatal',
        pattern: /^Invalid Consensus Method: /,
        summary: ({ program }) => `${program} does not know the value of --consensusmethod`,
      },
    ],
    examples: examplesOf(1, [
      'gwemix w0.10.9, wemix/admin.go',
      'Fatal: Invalid Consensus Method: 9',
    ]),
  },
];
