import type { Cloud, CloudEvent } from './cloud.js';
import { createIdentifiers } from './control-plane/identifiers.js';
import { isoTime } from './iso-time.js';

/** An event as EventBridge hands it to targets. */
export interface EventEnvelope {
  readonly version: '0';
  /** An event that comes twice has the same. */
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: CloudEvent['source'];
  readonly account: string;
  /** ISO 8601, in whole seconds of UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Documented: EventBridge user guide, "AWS service event metadata": the members, and times in whole seconds. */
export function createEnvelopes(
  { region, account }: Pick<Cloud, 'region' | 'account'>,
  seed: number,
) {
  const ids = createIdentifiers(seed);
  return ({ source, detailType, time, resources, detail }: CloudEvent): EventEnvelope => ({
    ...{ version: '0', id: ids.next(), 'detail-type': detailType, source, account },
    ...{ time: isoTime(time), region, resources, detail },
  });
}
