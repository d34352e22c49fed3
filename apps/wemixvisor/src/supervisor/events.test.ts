import { describe, expect, it } from 'vitest';
import { createEventStream, type SupervisorEvent } from './events.ts';

const notice = (text: string): SupervisorEvent => ({ type: 'notice', text });

describe('the stream of events', () => {
  it('hands what happened before it was opened to everyone, in its order, and then all at once', () => {
    const events = createEventStream(() => {});
    const heard: unknown[] = [];
    events.publish(notice('first'));
    events.subscribe((event) => heard.push(['early', event]));
    events.publish(notice('second'));
    events.subscribe((event) => heard.push(['late', event]));
    expect(heard).toEqual([]);
    events.open();
    events.publish(notice('third'));
    expect(heard).toEqual(
      ['first', 'second', 'third'].flatMap((text) => [
        ['early', notice(text)],
        ['late', notice(text)],
      ]),
    );
  });

  it('keeps the order where a subscriber publishes while the stream is opened', () => {
    const events = createEventStream(() => {});
    const heard: string[] = [];
    events.subscribe((event) => {
      if (event.type !== 'notice') return;
      heard.push(event.text);
      if (event.text === 'first') events.publish(notice('answer'));
    });
    events.publish(notice('first'));
    events.publish(notice('second'));
    events.open();
    expect(heard).toEqual(['first', 'second', 'answer']);
  });

  it('says what a subscriber threw, and tells the others all the same', () => {
    const faults: string[] = [];
    const heard: SupervisorEvent[] = [];
    const events = createEventStream((fault) => faults.push(fault));
    events.subscribe(() => {
      throw new Error('no room');
    });
    events.subscribe((event) => heard.push(event));
    events.open();
    events.publish({ type: 'ended' });
    expect(faults).toEqual(['a subscriber failed on ended: no room']);
    expect(heard).toEqual([{ type: 'ended' }]);
  });
});
