import type { BallotsReport, EtcdReport, MembersReport } from '../report/wemix-reports.ts';
import { labelledLines } from './labelled-lines.ts';
import { cellText, tableLines } from './table.ts';

const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

const upOrDown = ({ up }: { readonly up: boolean }) => (up ? 'up' : 'down');

/** The members: who they are, who is up, and how high. */
export function renderMembers(report: MembersReport, width: number): string {
  const { self, members, synced, mining, recent } = report;
  const marked = members.map(({ name }) => cellText(() => (name === self ? `${name} *` : name)));
  return joined([
    ...tableLines(
      [
        { title: 'Member', texts: marked },
        { title: 'State', texts: members.map((member) => upOrDown(member)) },
        { title: 'Block', texts: texts(members, 'height'), right: true },
        { title: 'Address', texts: texts(members, 'address') },
        { title: 'Host', texts: texts(members, 'host') },
      ],
      width,
    ),
    '',
    ...labelledLines([
      ['This node', self === null ? 'is no member' : `${self} (*)`],
      ['Miner', mining === null ? null : mining ? 'on' : 'off'],
      ['Made', recent === null ? null : `${recent.own} of the last ${recent.blocks} blocks`],
      ['Members', synced === false ? 'the governance has newer ones than the node uses' : null],
    ]),
  ]);
}

/** The members of etcd, who leads, and whether they are enough. */
export function renderEtcd(report: EtcdReport, width: number): string {
  const { state, leader, members, token, needed, self } = report;
  const up = members.filter((member) => member.up).length;
  const shown = members.map(({ name }) =>
    cellText(() => (name === leader ? `${name} (leader)` : name)),
  );
  return joined([
    ...labelledLines([
      ['etcd', self === null && state === 'stopped' ? notOurs : words[state]],
      ['Leader', leader],
      ['Next', token === null ? null : `${token.miner}, block ${token.height ?? '?'}`],
      [
        'Quorum',
        needed === null ? null : `${up} of ${members.length} are up, ${needed} are needed`,
      ],
    ]),
    ...(members.length === 0 ? [] : ['']),
    ...(members.length === 0
      ? []
      : tableLines(
          [
            { title: 'Member', texts: shown },
            { title: 'State', texts: members.map((member) => upOrDown(member)) },
            { title: 'Id', texts: texts(members, 'id') },
            { title: 'Peer URL', texts: texts(members, 'peer_url') },
          ],
          width,
        )),
  ]);
}

const notOurs = 'not here: this node is no member';
const words: Readonly<Record<EtcdReport['state'], string>> = {
  running: 'runs',
  stopped: 'does not run in this node: it takes no turn',
  'no-quorum': 'has no quorum: nobody makes blocks until more members are up',
  silent: 'the node did not answer in time, which without a quorum takes 7 seconds',
};

/** The ballots, and below them those that are about this member. */
export function renderBallots({ ballots }: BallotsReport, width: number): string {
  if (ballots.length === 0) return 'there is no ballot\n';
  const waiting = ballots.filter((ballot) => ballot.waits_for_us).map(({ id }) => id);
  const removing = ballots.filter((ballot) => ballot.removes_us).map(({ id }) => id);
  return joined([
    ...tableLines(
      [
        { title: 'Id', texts: texts(ballots, 'id'), right: true },
        { title: 'Type', texts: texts(ballots, 'type') },
        { title: 'State', texts: texts(ballots, 'state') },
        { title: 'For', texts: ballots.map((each) => share(each.accepts_percent)), right: true },
        {
          title: 'Against',
          texts: ballots.map((each) => share(each.rejects_percent)),
          right: true,
        },
        { title: 'Ends', texts: texts(ballots, 'ends_at') },
        { title: 'About', texts: texts(ballots, 'subject') },
      ],
      width,
    ),
    ...(waiting.length + removing.length === 0 ? [] : ['']),
    ...labelledLines([
      ['Your vote', waiting.length === 0 ? null : `is missing in ${waiting.join(', ')}`],
      ['Warning', removing.length === 0 ? null : `${removing.join(', ')} would remove this member`],
    ]),
  ]);
}

const share = (percent: number | null) => (percent === null ? '' : `${percent} %`);

function texts<T extends object>(rows: readonly T[], key: keyof T): readonly string[] {
  return rows.map((row) => cellText(() => row[key] as string | number | null));
}
