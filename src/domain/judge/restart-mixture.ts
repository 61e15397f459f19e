/** What the weights of a restart mixture follow from: fixed before the rollout. */
export interface MixturePlan {
  /** Devices that the rollout is planned to reach. */
  readonly planned: number;
  /** Waves that the rollout is planned to have. */
  readonly waves: number;
}

/** Devices from one restart of the grid to the next. */
export const gridSpacing = 50;

/**
 * The restarts that make a late fault visible after a long good start: half of the weight counts from the first device, a
 * quarter is shared by the planned starts of later waves, a quarter by the grid; what a rollout has no use for goes to the first
 * device. Weights that add up to 1 and don't depend on outcomes keep the mixture a supermartingale, so one alpha covers the
 * whole rollout.
 */
export function restartWeights({ planned, waves }: MixturePlan) {
  const laterWaves = Math.max(0, waves - 1);
  const gridSize = Math.max(0, Math.ceil(planned / gridSpacing) - 1);
  const unused = (laterWaves === 0 ? 0.25 : 0) + (gridSize === 0 ? 0.25 : 0);
  return {
    /** Of the restart before the first device. */
    first: 0.5 + unused,
    /** Of each of the `laterWaves` restarts where a later wave begins. */
    wave: laterWaves === 0 ? 0 : 0.25 / laterWaves,
    laterWaves,
    /** Of each of the `gridSize` restarts after every 50 devices. */
    grid: gridSize === 0 ? 0 : 0.25 / gridSize,
    gridSize,
  };
}
