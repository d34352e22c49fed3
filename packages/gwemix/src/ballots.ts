import { contractCall, nameWord, readAnswer, word, type Answer } from './abi.ts';
import { valueOf, type Batch } from './batch.ts';
import type { Members } from './members.ts';

/** What a ballot decides (BallotEnums.sol of go-wemix w0.10.9). There is none for an upgrade of the program. */
const types = [
  'unknown',
  'member-add',
  'member-removal',
  'member-change',
  'governance-change',
  'setting-change',
  'execute',
] as const;

const states = ['invalid', 'ready', 'in-progress', 'accepted', 'rejected', 'cancelled'] as const;

/** A ballot of the governance. */
interface Ballot {
  /** Counted from 1 on. */
  readonly id: number;
  readonly type: (typeof types)[number];
  /** `ready`: nobody has voted yet. A vote whose time is over stays `in-progress` until a member closes it. */
  readonly state: (typeof states)[number];
  readonly creator: string | null;
  /** What its creator wrote. */
  readonly memo: string;
  /** Epoch seconds; null while nobody has voted. */
  readonly startedAt: number | null;
  readonly endsAt: number | null;
  /** Seconds that the vote is open. */
  readonly duration: number | null;
  readonly voters: number | null;
  /** Hundredths of a percent of all members. */
  readonly accepts: number | null;
  readonly rejects: number | null;
  /** Whom or what it is about: an account, or the setting and its new value. */
  readonly subject: string | null;
  /** Whether this member has voted; null where the asked node is no member. */
  readonly voted: boolean | null;
  /** It is open and this member has not voted. */
  readonly waitsForUs: boolean;
  /** It would remove or replace this member. */
  readonly removesUs: boolean;
}

/** The newest ballots that are looked at. */
const mostBallots = 50;

/**
 * Reads the newest 50 ballots, newest first, from the contracts that the members name. Null where the contracts do not answer.
 *
 * @example
 * import { createRpcClient, parseEndpoint } from '@wemixvisor/health';
 * import { observeMembers, readBallots } from '@wemixvisor/gwemix';
 *
 * const client = createRpcClient(parseEndpoint('/srv/gwemix/gwemix.ipc'), { timeoutMs: 8_000 });
 * const batch: Parameters<typeof readBallots>[0] = (calls) => client.batch(calls);
 * const members = await observeMembers(batch);
 * const ballots = members === null ? null : await readBallots(batch, members);
 * console.log(ballots?.filter(({ waitsForUs }) => waitsForUs).map(({ id }) => id));
 */
export async function readBallots(
  batch: Batch,
  { registry, governance, address }: Pick<Members, 'registry' | 'governance' | 'address'>,
): Promise<readonly Ballot[] | null> {
  if (registry === null || governance === null) return null;
  const [storage, length] = await ask(batch, [
    contractCall(registry, 'getContractAddress(bytes32)', nameWord('BallotStorage')),
    contractCall(governance, 'ballotLength()'),
  ]);
  const at = storage?.address(0) ?? null;
  const count = length?.number(0) ?? null;
  if (at === null || count === null) return null;
  const ids = Array.from({ length: Math.min(count, mostBallots) }, (_, back) => count - back);
  const answers = await ask(
    batch,
    ids.flatMap((id) => questionsOf(at, id, address)),
  );
  const each = questionsOf(at, 1, address).length;
  return ids.flatMap((id, index) => {
    const ballot = ballotOf(id, answers.slice(index * each, (index + 1) * each), address);
    return ballot === null ? [] : [ballot];
  });
}

async function ask(batch: Batch, calls: Parameters<Batch>[0]): Promise<readonly (Answer | null)[]> {
  if (calls.length === 0) return [];
  const outcomes = await batch(calls);
  return outcomes.map((outcome) => readAnswer(valueOf(outcome)));
}

function questionsOf(storage: string, id: number, member: string | null) {
  return [
    contractCall(storage, 'getBallotBasic(uint256)', word(id)),
    contractCall(storage, 'getBallotMember(uint256)', word(id)),
    contractCall(storage, 'getBallotVariable(uint256)', word(id)),
    contractCall(storage, 'getBallotAddress(uint256)', word(id)),
    ...(member === null
      ? []
      : [contractCall(storage, 'hasAlreadyVoted(uint56,address)', word(id), word(member))]),
  ];
}

function ballotOf(
  id: number,
  [basic, member, variable, contract, vote]: readonly (Answer | null | undefined)[],
  address: string | null,
): Ballot | null {
  if (basic === null || basic === undefined) return null;
  const type = types[basic.number(2) ?? 0] ?? 'unknown';
  const state = states[basic.number(8) ?? 0] ?? 'invalid';
  const old = member?.address(0) ?? null;
  const isOpen = state === 'ready' || state === 'in-progress';
  const voted = address === null ? null : (vote?.flag(0) ?? null);
  const ofMember = type === 'member-removal' || type === 'member-change';
  return {
    id,
    type,
    state,
    creator: basic.address(3),
    memo: (basic.text(4) ?? '').slice(0, 500),
    startedAt: basic.number(0) || null,
    endsAt: basic.number(1) || null,
    duration: basic.number(10),
    voters: basic.number(5),
    accepts: basic.number(6),
    rejects: basic.number(7),
    subject: subjectOf(type, member, variable, contract),
    voted,
    waitsForUs: isOpen && voted === false,
    removesUs:
      isOpen && ofMember && address !== null && old?.toLowerCase() === address.toLowerCase(),
  };
}

function subjectOf(
  type: Ballot['type'],
  member: Answer | null | undefined,
  variable: Answer | null | undefined,
  contract: Answer | null | undefined,
): string | null {
  switch (type) {
    case 'member-add':
      return named(member?.address(1) ?? null, member?.text(4) ?? null);
    case 'member-removal':
      return member?.address(0) ?? null;
    case 'member-change':
      return `${member?.address(0) ?? '?'} → ${member?.address(1) ?? '?'}`;
    case 'governance-change':
      return contract?.address(0) ?? null;
    case 'setting-change':
      return `${settingName(variable?.hex(0) ?? null)} = ${valueText(variable?.bytes(2) ?? null)}`;
    case 'execute':
    case 'unknown':
      return null;
  }
}

const named = (address: string | null, name: string | null) =>
  name === null || name === '' ? address : `${address ?? '?'} (${name})`;

/** The names of the settings are hashes of their words (EnvConstants.sol of go-wemix w0.10.9; computed with `web3.sha3`). */
const settingNames: Readonly<Record<string, string>> = {
  '0x2a268972a70c8c688b62366bdfdd9bb09cf19d3e5b6e7e7bb158e671ffdcedd2': 'blocksPer',
  '0xc69fc6b7d0efc934fd5a3581c7253a7107a952526bb6dbcd814ef8d8dae1f44a': 'ballotDurationMin',
  '0x0c4fbe9dc9de15dd7c0d064975ee1a2f2f9b954fa0e65d4f6cddba94884bdc3e': 'ballotDurationMax',
  '0x0b09c9badbbeb6c813a598ee910770a39ccda797a1940439bb6e47fc6c87548b': 'stakingMin',
  '0x18ad4415ef4a621ce1a136395c51ab6c3712bb2e24b79d526059925cea58dcb8': 'stakingMax',
  '0x829561ab7af084b7efc6600518d2df79b8d95f3f4c3a550f54f8f7ec7d2b8057': 'MaxIdleBlockInterval',
  '0xe10074dceffb75f13bf0ce50145afd35182d63796823f1280ce40e01c19109e7': 'ballotDurationMinMax',
  '0x6c6f69f426081752a5d3e73746599acd2a4cb145d5de4203ca1e3473b281680b': 'stakingMinMax',
  '0x8086da5becff4dfac91a3105821b361078d2d4abba0ccc2401b974cf0dcf05c1': 'blockCreationTime',
  '0x89dd490ecaf395283ed4ff2fd9557ca767fc425dce063451a9b0da6d72f600c3': 'blockRewardAmount',
  '0xbe90e461bbdb9a95a694f7796912ea04244caf7f5b60ad7ded17e16821d3e44c': 'maxPriorityFeePerGas',
  '0x9b2e0c7fdae148f225bae7deb92d7e7bd24bb77edb12956e8fa7204900dd8a22': 'blockRewardDistribution',
  '0x04f7b94450bbcad85f37ea47cd1062728f884bb2040e357738f8fd53056134bc': 'gasLimitAndBaseFee',
  '0x1d36f8ce53f59e624857e1d8dc7932d19981a2ea1b8faa4eb8ff843fc3e5a278': 'blockGasLimit',
  '0xb38b2c133e931937bd95337c65c8aefa7040ed64bbed732e3e29a4944c657473': 'baseFeeMaxChangeRate',
  '0x77884798208df1e64f70968be41ef2d3211ec53613397ca59313416813df0888': 'gasTargetPercentage',
  '0x7c1150f0e1a39ff55552d52764f97e6c387e2a247e1df344369f122c4254be2f': 'maxBaseFee',
};

const settingName = (hash: string | null) => settingNames[hash ?? ''] ?? hash ?? '?';

/** A value of up to 53 bits as a number, else its bytes. */
function valueText(bytes: string | null): string {
  if (bytes === null || bytes === '') return '?';
  const number = Number.parseInt(bytes, 16);
  return Number.isSafeInteger(number) ? String(number) : `0x${bytes}`;
}
