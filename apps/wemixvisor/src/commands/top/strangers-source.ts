import type { CommandContext } from '../../context.ts';
import type { FoundHome } from '../../control/find-homes.ts';
import { surveyHomes } from '../../control/survey-homes.ts';
import { homeName } from '../../render/home-name.ts';
import { nothingKnown, type HomeSource } from './create-source.ts';

const everyMs = 2_000;

/** The source of a home of another user: what `ps` shows of it. Its files are not read, they are in the hands of that user, and nothing is done to it. */
export function strangersSource(context: CommandContext, found: FoundHome): HomeSource {
  let facts = nothingKnown(homeName(found.home, context.homeDirectory));
  let changed = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isClosed = false;
  const ask = async () => {
    const [report] = await surveyHomes([found], context);
    if (isClosed || report === undefined) return;
    const { status, problem } = report;
    const noSamples = 'its history and logs are shown to its user';
    const lastHealth = status?.health ?? null;
    facts = { ...facts, status, problem, lastHealth, noSamples, statusAt: Date.now() };
    changed();
    timer = setTimeout(() => void ask(), everyMs);
  };
  return {
    facts: () => ({ ...facts, events: [], log: [] }),
    show(_wanted, onChange) {
      changed = onChange;
      if (!isAsking) void ask();
      isAsking = true;
    },
    act: (action) =>
      Promise.resolve({
        isBad: true,
        text: `${found.home} belongs to user ${found.owner}: ${action} it as that user`,
      }),
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
