import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../test/fake-supervisor.ts';
import { noSources } from '../state/launch-file.ts';
import { createSettingsHolder } from './settings-holder.ts';

const other = settingsOf({ minPeers: '9' });

describe('the holder of settings', () => {
  it('has told every subscriber of new settings when it returns', () => {
    const holder = createSettingsHolder(settingsOf(), noSources);
    const heard: unknown[] = [];
    holder.subscribe((next) => void heard.push(next));
    holder.subscribe((next) => void heard.push(next.minPeers));
    holder.apply(other);
    expect(heard).toEqual([other, 9]);
    expect(holder.current).toBe(other);
  });

  it('takes a setting back without telling anyone', () => {
    const holder = createSettingsHolder(settingsOf(), noSources);
    let told = 0;
    holder.subscribe(() => void (told += 1));
    holder.apply(other);
    holder.correct({ metricsAddr: '127.0.0.1:1' });
    expect(holder.current).toEqual({ ...other, metricsAddr: '127.0.0.1:1' });
    expect(told).toBe(1);
  });

  it('remembers the sources of a start and nothing else of it', () => {
    const holder = createSettingsHolder(settingsOf(), noSources);
    const sources = { options: { minPeers: '9' }, environment: {}, config: null };
    holder.remember({ ...sources, ...{ launch: 'a secret' } });
    expect(holder.sources).toEqual(sources);
  });
});
