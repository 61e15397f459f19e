import * as z from 'zod';
import { ComparedLook } from './judge/comparison.js';

/** What is kept of the comparison of one signal with devices that have yet to get the release. */
export const Compared = z.strictObject({
  /** Of the failed ranks, those that failed while there were controls enough: they count only beside these. */
  ranks: z.array(z.number()),
  /** Ranks that failed before they got the release: they never count against it. */
  controls: z.array(z.number()),
  /** The looks that saw anything fail. */
  looks: z.array(ComparedLook),
});
export type Compared = z.infer<typeof Compared>;

/** A failure that says nothing of the release: neither for it nor against it. */
export const ApartRank = z.strictObject({
  rank: z.number(),
  cause: z.enum(['infrastructure', 'foreign']),
});
export type ApartRank = z.infer<typeof ApartRank>;

/** All that a rollout is judged by, since it began: no wave, no pause and no repeated step starts it anew. Ranks count from 0. */
export const RolloutEvidence = z.strictObject({
  /** Ranks handed out when waves 1, 2, ... began: where the evidence starts anew. */
  waveStarts: z.array(z.number()),
  failedRanks: z.strictObject({
    deployment: z.array(z.number()),
    health: z.array(z.number()),
    component: z.array(z.number()),
  }),
  compared: z.strictObject({ health: Compared, component: Compared }),
  apart: z.array(ApartRank),
  /** How many of these a person has accepted. */
  acceptedApart: z.number(),
});
export type RolloutEvidence = z.infer<typeof RolloutEvidence>;

const nothingCompared: Compared = { ranks: [], controls: [], looks: [] };

/** Before anything has happened. */
export const noEvidence: RolloutEvidence = {
  waveStarts: [],
  failedRanks: { deployment: [], health: [], component: [] },
  compared: { health: nothingCompared, component: nothingCompared },
  apart: [],
  acceptedApart: 0,
};

/** Ranks of devices that are UNHEALTHY since they succeeded. */
export const unhealthyRanks = ({ failedRanks }: RolloutEvidence): number[] => [
  ...new Set([...failedRanks.health, ...failedRanks.component]),
];

/** Every rank that counts against the release, once. */
export const allFailedRanks = (evidence: RolloutEvidence): number[] => [
  ...new Set([...evidence.failedRanks.deployment, ...unhealthyRanks(evidence)]),
];
