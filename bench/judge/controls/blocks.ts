import type { Random } from '../random.js';

/** One canary and the controls that are observed with it. */
export interface Block {
  readonly canaryFailed: boolean;
  /** One for each control. */
  readonly controlsFailed: readonly boolean[];
}

export const CANARIES = 1000;
export const CONTROLS_PER_CANARY = 9;

/** The failure rates of canary and controls by the place of the canary, from 0. */
export type Rates = (place: number) => { readonly canary: number; readonly control: number };

const constant =
  (canary: number, control: number): Rates =>
  () => ({ canary, control });

/** Equal rates first: nothing is wrong with those releases. */
export const RATES: Readonly<Record<string, Rates>> = {
  '0.5 % both': constant(0.005, 0.005),
  '2 % both': constant(0.02, 0.02),
  '5 % both': constant(0.05, 0.05),
  'incident in both': (place) => {
    const rate = place < 50 ? 0.02 : 0.25;
    return { canary: rate, control: rate };
  },
  '5 % to 0.5 %': constant(0.05, 0.005),
  '10 % to 2 %': constant(0.1, 0.02),
  '20 % to 2 %': constant(0.2, 0.02),
  '50 % to 2 %': constant(0.5, 0.02),
  '100 % to 2 %': constant(1, 0.02),
};

/** Canaries that answer at once, in exposure order, each with controls of its own. */
export const drawBlocks = (random: Random, rates: Rates): Block[] =>
  Array.from({ length: CANARIES }, (_, place) => {
    const { canary, control } = rates(place);
    const canaryFailed = random() < canary;
    const controls = Array.from({ length: CONTROLS_PER_CANARY }, () => random() < control);
    return { canaryFailed, controlsFailed: controls };
  });
