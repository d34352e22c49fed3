import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../test/fake-supervisor.ts';
import { noSources } from '../state/launch-file.ts';
import { createSettingsHolder } from './settings-holder.ts';

const other = settingsOf({ minPeers: '9' });

describe('the holder of settings', () => {
  it('tells every subscriber of new settings before it gives its promise', () => {
    const holder = createSettingsHolder(settingsOf(), noSources);
    const heard: unknown[] = [];
    holder.subscribe((next) => void heard.push(next));
    holder.subscribe((next) => void heard.push(next.minPeers));
    void holder.apply(other);
    expect(heard).toEqual([other, 9]);
    expect(holder.current).toBe(other);
  });

  it('gives what could not be applied, in words', async () => {
    const holder = createSettingsHolder(settingsOf(), noSources);
    holder.subscribe(() => {});
    holder.subscribe(() => Promise.resolve('port 9101 is taken'));
    holder.subscribe(() => Promise.resolve(null));
    expect(await holder.apply(other)).toEqual(['port 9101 is taken']);
  });

  it('takes a setting back without telling anyone', async () => {
    const holder = createSettingsHolder(settingsOf(), noSources);
    let told = 0;
    holder.subscribe(() => void (told += 1));
    await holder.apply(other);
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
