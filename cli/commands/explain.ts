import * as z from 'zod';
import { readDeviceStory } from '../../src/aws/device-story.js';
import { command, common, UsageError } from '../arguments.js';
import { connect } from '../clients.js';
import { cloudNow } from '../cloud-now.js';
import { explainLines, explainObject } from '../explain-view.js';

export const explain = command({
  name: 'explain',
  summary:
    'Explains one core device: what runs there and where from, what went wrong, what comes next.',
  argument: { key: 'thing', label: 'THING' },
  input: z.strictObject({ ...common, thing: z.string() }),
  notes: [
    'Its components and the deployments that brought them, what it reported when, and its place in each rollout that concerns',
    'it: its wave and rank, why it is held, left out or counts as failed. What went wrong there when, what was tried, and what',
    'comes next.',
  ],
  example: 'greenwave explain thermostats-0042',
  async run({ thing, stage, json }, terminal) {
    const story = await readDeviceStory(connect(stage, terminal.environment), thing);
    if (!story) throw new UsageError(`${thing} is no core device of this account and Region`);
    const now = await cloudNow(terminal.environment);
    if (json) terminal.out(JSON.stringify(explainObject(story, now), undefined, 2));
    else
      explainLines(story, now, terminal.hasColour).forEach((line) => {
        terminal.out(line);
      });
    return 0;
  },
});
