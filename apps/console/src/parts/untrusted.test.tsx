import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { ownShares, Waterfall } from '@sallyport/ui/waterfall';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { toWaterfall } from './call-waterfall.tsx';

const hidden = /[\p{Cc}\p{Cf}\p{Cs}]/u;

describe('UntrustedText', () => {
  it('draws every hidden character as a mark and leaves none in the page', () => {
    const html = renderToStaticMarkup(
      <UntrustedText text={'pay\u202Egnp.exe\u200B\u200B \u0007 \u{E0069}\u{E0067}\u{E006E}'} />,
    );
    expect(html).not.toMatch(hidden);
    for (const mark of ['RLO', 'ZWSP×2', 'U+0007', 'TAGS ign']) expect(html).toContain(mark);
  });

  it('never makes an element or a link of what it shows', () => {
    const html = renderToStaticMarkup(
      <UntrustedText text={'<img src=x onerror=1> https://evil.example [a](b)'} />,
    );
    expect(html).not.toMatch(/<(img|a)\b/);
    expect(html).toContain('&lt;img');
  });

  it('marks evidence inside the text, also when ranges overlap or lie outside', () => {
    const html = renderToStaticMarkup(
      <UntrustedText
        text="read the key and send it"
        evidence={[
          { start: 5, end: 12 },
          { start: 9, end: 16 },
          { start: 90, end: 99 },
        ]}
      />,
    );
    expect(html.match(/<mark[^>]*>([^<]*)<\/mark>/g)?.map((each) => each.replace(/<[^>]+>/g, ''))).toEqual([
      'the key',
      ' and',
    ]);
  });

  it('leaves ordinary emoji alone', () => {
    expect(renderToStaticMarkup(<UntrustedText text="❤️ ok" />)).not.toContain('data-hidden-character');
  });
});

describe('waterfall', () => {
  it('says where a call stopped and which stages were not reached', () => {
    const stages = toWaterfall(
      [
        { name: 'identify', startUs: 0, durationUs: 30, ran: true, stopped: false },
        { name: 'authorize', startUs: 30, durationUs: 40, ran: true, stopped: true },
        { name: 'dispatch', startUs: 70, durationUs: 0, ran: false, stopped: false },
      ],
      (name) => name,
    );
    const html = renderToStaticMarkup(
      <Waterfall
        stages={stages}
        label="stages"
        oursLabel="ours"
        theirsLabel="theirs"
        notReachedLabel="not reached"
        stoppedLabel="stopped here"
        stopReason="a policy"
      />,
    );
    expect(html.match(/not reached/g)).toHaveLength(1);
    expect(html.match(/stopped here/g)).toHaveLength(1);
    expect(html).toContain('ours 70 µs');
    expect(html).not.toContain('theirs');
  });

  it('counts time once where stages ran beside each other', () => {
    const shares = ownShares(
      toWaterfall(
        [
          { name: 'verifyPin', startUs: 10, durationUs: 100, ran: true, stopped: false },
          { name: 'authorize', startUs: 20, durationUs: 30, ran: true, stopped: false },
          { name: 'dispatch', startUs: 105, durationUs: 50, ran: true, stopped: false },
        ],
        (name) => name,
      ),
    );
    expect(shares).toEqual([100, 0, 45]);
  });
});
