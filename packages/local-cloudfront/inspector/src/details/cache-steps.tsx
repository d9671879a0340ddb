import type { TraceStep } from "../../../src/trace/trace.ts";
import { spokenBytes, spokenSeconds } from "../data/spoken.ts";
import { CacheKeyTable } from "./cache-key-table.tsx";
import { Rule } from "./rule.tsx";
import { cacheWords } from "./stage-words.ts";

/** What the cache did: the lookup, its key, and what was stored. */
export function CacheSteps({ steps }: { readonly steps: readonly TraceStep[] }) {
  const [keyed] = steps.flatMap((step) => ("cacheKey" in step ? [step.cacheKey] : []));
  return (
    <>
      {steps.map((step, index) => (
        <CacheStep key={index} step={step} />
      ))}
      {keyed !== undefined && <CacheKeyTable cacheKey={keyed} />}
    </>
  );
}

function CacheStep({ step }: { readonly step: TraceStep }) {
  switch (step.step) {
    case "cache-hit":
      return (
        <Told word={cacheWords[step.step]} rule={step.lifetime.rule}>
          {spokenSeconds(step.ageSeconds)} old, fresh for {spokenSeconds(step.lifetime.ttlSeconds)}
          <meter
            aria-label="Used up of its lifetime"
            min={0}
            max={Math.max(step.lifetime.ttlSeconds, 1)}
            value={step.ageSeconds}
          />
        </Told>
      );
    case "cache-expired":
      return (
        <Told word={cacheWords[step.step]} rule={step.lifetime.rule}>
          {spokenSeconds(step.ageSeconds)} old, was fresh for{" "}
          {spokenSeconds(step.lifetime.ttlSeconds)}
        </Told>
      );
    case "cache-miss":
      return <Told word={cacheWords[step.step]}>No object with this key is in the cache</Told>;
    case "collapsed":
      return (
        <Told
          word={cacheWords[step.step]}
          rule="LE-A-43: it waited for an identical request that was on its way"
        />
      );
    case "cache-bypass":
      return <Told word={cacheWords[step.step]} rule={step.reason} />;
    case "cache-store":
      return (
        <Told word={cacheWords[step.step]} rule={step.lifetime.rule}>
          {spokenBytes(step.bodyBytes)} for {spokenSeconds(step.lifetime.ttlSeconds)}
        </Told>
      );
    case "cache-refresh":
      return (
        <Told word={cacheWords[step.step]} rule={step.lifetime.rule}>
          The origin says that it has not changed: fresh for{" "}
          {spokenSeconds(step.lifetime.ttlSeconds)}
        </Told>
      );
    case "not-stored":
      return <Told word={cacheWords[step.step]} rule={step.rule} />;
    case "serve-stale":
      return <Told word={cacheWords[step.step]} rule={step.reason} />;
    default:
      return null;
  }
}

interface ToldProps {
  readonly word: string;
  readonly rule?: string;
  readonly children?: preact.ComponentChildren;
}

function Told({ word, rule, children }: ToldProps) {
  return (
    <div class="told-step">
      <p>
        <strong>{word}</strong> <span>{children}</span>
      </p>
      {rule !== undefined && (
        <p class="reason">
          <Rule text={rule} />
        </p>
      )}
    </div>
  );
}
