import { describe, expect, it } from 'vitest';
import { alertOf } from '../../test/alert-of.ts';
import { webhookBody } from './webhook-body.ts';

const hostile = alertOf({ summary: 'last line: <!channel> & @everyone' });

describe('the body of a webhook', () => {
  it('is the alert itself as JSON', () => {
    expect(JSON.parse(webhookBody(hostile, 'json'))).toEqual(hostile);
  });

  it('is one line for Slack, in which nothing calls anybody', () => {
    expect(JSON.parse(webhookBody(hostile, 'slack'))).toEqual({
      text: 'CRITICAL crash on validator-1 (/home/op/.wemixvisor): last line: &lt;!channel&gt; &amp; @everyone',
    });
  });

  it('is one line for Discord, in which nobody may be called, and not too long', () => {
    expect(JSON.parse(webhookBody(alertOf({ ...hostile, status: 'resolved' }), 'discord'))).toEqual(
      {
        content:
          'RESOLVED crash on validator-1 (/home/op/.wemixvisor): last line: <!channel> & @everyone',
        allowed_mentions: { parse: [] },
      },
    );
    const long = webhookBody(alertOf({ summary: 'x'.repeat(3_000) }), 'discord');
    expect((JSON.parse(long) as { content: string }).content).toHaveLength(2_000);
  });
});
