import * as z from 'zod';
import { command, common } from '../arguments.js';
import { connect } from '../clients.js';
import { releasesLines, releaseStatus } from '../releases-view.js';

export const releases = command({
  name: 'releases',
  summary:
    'Lists the releases, where each stands in the line of its targets, and what stops the line.',
  input: z.strictObject(common),
  example: 'greenwave releases',
  async run({ stage, json }, terminal) {
    const { releases: kept } = connect(stage, terminal.environment);
    const [found, freezes] = await Promise.all([kept.list(), kept.freezes()]);
    const places = await Promise.all(found.map(({ releaseId }) => kept.placesOf(releaseId)));
    const shown = found.map((release, i) => ({ release, places: places[i] ?? [] }));
    if (json)
      terminal.out(JSON.stringify({ releases: shown.map(releaseStatus), freezes }, undefined, 2));
    else {
      if (shown.length === 0) terminal.err('There is no release yet.');
      if (shown.length > 0 || freezes.length > 0)
        releasesLines(shown, freezes, terminal.hasColour).forEach((line) => {
          terminal.out(line);
        });
    }
    return 0;
  },
});
