import type { DashboardSource } from '@wemixvisor/dashboard';
import type { CommandContext } from '../../context.ts';
import { findHomes, type FoundHome } from '../../control/find-homes.ts';
import { homePaths, type HomePaths } from '../../state/home-paths.ts';
import { createSource, type HomeSource } from './create-source.ts';
import { strangersSource } from './strangers-source.ts';

/** Milliseconds after which homes are looked for again. */
const lookMs = 10_000;

/**
 * The source of the chosen home, from which one turns to those of all homes on this machine, in the order of their paths. Only the home that is shown
 * is read, and what is asked for acts on the home of its source alone.
 */
export function createHomeRing(
  context: CommandContext,
  { home: chosen }: Pick<HomePaths, 'home'>,
  find: typeof findHomes = findHomes,
): { readonly first: DashboardSource; readonly close: () => void } {
  const sources = new Map<string, Required<DashboardSource>>();
  let found: readonly FoundHome[] = [];
  let foundAt: number | null = null;

  function look() {
    foundAt = performance.now();
    try {
      found = find({ ...context, chosen }).homes;
    } catch {
      // A register that cannot be read keeps nobody from watching the home that is shown.
    }
  }
  /** All homes, also the one that is shown where it is gone. */
  function around(shown: FoundHome) {
    if (foundAt === null || performance.now() - foundAt >= lookMs) look();
    const others = found.filter(({ home }) => home !== shown.home);
    const homes = [...others, shown].toSorted((a, b) => (a.home < b.home ? -1 : 1));
    return { homes, at: homes.indexOf(shown) };
  }
  function open({ home, owner }: FoundHome): HomeSource {
    // Who names the home of another user has it read, as by the other commands.
    const isOwn = owner === context.uid || home === chosen;
    return isOwn
      ? createSource(context, homePaths(home, context))
      : strangersSource(context, { home, owner });
  }
  function sourceOf(shown: FoundHome): Required<DashboardSource> {
    const known = sources.get(shown.home);
    if (known !== undefined) return known;
    let source = open(shown);
    const own: Required<DashboardSource> = {
      facts() {
        const { homes, at } = around(shown);
        const place = homes.length === 1 ? null : { at: at + 1, of: homes.length };
        return { ...source.facts(), place };
      },
      show: (wanted, changed) => source.show(wanted, changed),
      act: (action, say) => source.act(action, say),
      rest() {
        source.close();
        source = open(shown);
      },
      turn(step) {
        look();
        const { homes, at } = around(shown);
        return sourceOf(homes.at((at + step) % homes.length) ?? shown);
      },
    };
    sources.set(shown.home, own);
    return own;
  }
  return {
    first: sourceOf({ home: chosen, owner: context.uid }),
    close() {
      for (const source of sources.values()) source.rest();
    },
  };
}
