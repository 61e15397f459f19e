import type { EmulatorClock } from '../../emulator/main.js';
import { seededIds } from '../seeded-ids.js';
import { ServiceError } from '../step-functions/service-error.js';
import type { Targets } from '../targets.js';
import { type Next, timesOf } from '../scheduler/schedule-expression.js';
import { startTicking } from '../scheduler/ticking.js';
import { type BusEvent, type EventEnvelope, envelope, eventTime } from './event.js';
import { type Matches, compilePattern } from './event-pattern.js';
import type { Rule } from './rule.js';
import { type MakeInput, compileInput } from './target-input.js';

export interface EventBusOptions {
  readonly clock: EmulatorClock;
  readonly region: string;
  readonly account: string;
  readonly seed: number;
  readonly targets: Targets;
}

export interface RegisteredRule {
  readonly rule: Rule;
  readonly arn: string;
}

/** The default bus of EventBridge with its rules. */
export interface EventBus {
  /** Adds a rule or replaces the one of that name; answers its ARN. Throws on what can't be matched or started. */
  putRule(rule: Rule): string;
  rules(): RegisteredRule[];
  findRule(name: string): RegisteredRule;
  /** Answers the event's id. Targets get it when time may move on, in the order of the rules. */
  publish(event: BusEvent): string;
  /** The same of an event that is as targets get it. */
  receive(event: EventEnvelope): void;
}

interface Delivery {
  readonly make: MakeInput;
  readonly send: (input: string) => void;
}

interface Active extends RegisteredRule {
  readonly matches: Matches;
  readonly deliveries: readonly Delivery[];
  readonly stop: () => void;
}

const never: Matches = () => false;

/** Starts an empty default bus on the virtual clock. */
export function createEventBus(options: EventBusOptions): EventBus {
  const { clock, region, account, targets } = options;
  const nextId = seededIds(options.seed, 'event');
  const active = new Map<string, Active>();

  const hand = (to: Pick<Active, 'rule' | 'arn' | 'deliveries'>, event: EventEnvelope) => {
    const ingestionTime = eventTime(clock.now());
    for (const { make, send } of to.deliveries)
      send(make(event, { ruleName: to.rule.Name, ruleArn: to.arn, ingestionTime }));
  };

  const tick = (to: Pick<Active, 'rule' | 'arn' | 'deliveries'>, next: Next) =>
    startTicking(clock, next, (time) => {
      const event = { source: 'aws.events', detailType: 'Scheduled Event', detail: {} };
      const ids = { id: nextId(), account, region };
      hand(to, envelope({ ...event, time, resources: [to.arn] }, ids));
    });

  const receive = (event: EventEnvelope) =>
    void clock.schedule(clock.now(), () => {
      for (const rule of active.values()) if (rule.matches(event)) hand(rule, event);
    });

  return {
    receive,
    putRule(rule) {
      const arn = `arn:aws:events:${region}:${account}:rule/${rule.Name}`;
      const deliveries = rule.Targets.map((target) => ({
        make: compileInput(target),
        send: targets.find(target.Arn, arn),
      }));
      const { EventPattern, ScheduleExpression, State } = rule;
      const matches = EventPattern === undefined ? never : compilePattern(EventPattern);
      const next =
        ScheduleExpression === undefined ? undefined : timesOf(ScheduleExpression, 'rule');
      const isOn = State === 'ENABLED';
      active.get(rule.Name)?.stop();
      const stop = next && isOn ? tick({ rule, arn, deliveries }, next) : () => undefined;
      active.set(rule.Name, { rule, arn, deliveries, matches: isOn ? matches : never, stop });
      return arn;
    },
    rules: () => [...active.values()],
    findRule(name) {
      const found = active.get(name);
      if (found) return found;
      throw new ServiceError(
        'ResourceNotFoundException',
        `Rule ${name} does not exist on EventBus default.`,
      );
    },
    publish(event) {
      const id = nextId();
      receive(envelope(event, { id, account, region }));
      return id;
    },
  };
}
