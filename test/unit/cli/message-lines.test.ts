import { expect, test } from '@jest/globals';
import { messageLines } from '../../../cli/message-lines.js';

test('a published message is shown with its time, topic and subject, its text below', () => {
  const published = {
    messageId: 'm-1',
    topicArn: 'arn:aws:sns:eu-west-1:123456789012:greenwave-dev-notices',
    publishedAt: '2026-01-05T08:15:00.000Z',
    message: 'core-1: BROKEN\ncore-2: silent',
    attributes: {},
  };
  expect(messageLines({ ...published, subject: '2 devices need you' })).toEqual([
    '2026-01-05 08:15:00Z  greenwave-dev-notices: 2 devices need you',
    '  core-1: BROKEN',
    '  core-2: silent',
  ]);
  expect(messageLines({ ...published, subject: undefined })[0]).toBe(
    '2026-01-05 08:15:00Z  greenwave-dev-notices: no subject',
  );
});
