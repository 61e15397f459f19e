import type { Clock } from './clock.js';
import type { EventEnvelope } from './event-envelope.js';
import type { FleetSpec } from './fleet-file.js';
import { draw } from './fleet/random.js';

/**
 * Puts the fleet file's faults between the services and whoever listens. Each stream of events has its own luck.
 * Documented: developer guide, "Deployment health notifications": best effort; events may be lost, repeated and out of
 * order. EventBridge reference, "AWS IoT Greengrass events": best effort to CloudTrail, too.
 */
export function createEventFaults(
  clock: Clock,
  seed: number,
  stream: 'event' | 'API call',
  { drop, duplicate, reorderSeconds }: FleetSpec['faults']['events'],
  deliver: (event: EventEnvelope) => void,
) {
  let count = 0;
  const send = (event: EventEnvelope, copy: number) => {
    if (reorderSeconds === 0) {
      deliver(event);
      return;
    }
    const delay = draw(seed, `${stream} delay`, count, copy) * reorderSeconds;
    clock.schedule(clock.now() + delay * 1000, () => deliver(event));
  };
  return (event: EventEnvelope): void => {
    count += 1;
    if (draw(seed, `${stream} drop`, count) < drop) return;
    send(event, 1);
    if (draw(seed, `${stream} duplicate`, count) < duplicate) send(event, 2);
  };
}
