import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { accessLogHeader } from "./access-log-line.ts";
import { decodeLogValue, encodeLogValue } from "./access-log-line.ts";
import { LogLineReader } from "./log-line-reader.ts";

/** A line as AWS's page on standard logs shows it, with its 33 fields. */
const documented = [
  "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/index.html\t200\t-",
  "Mozilla/5.0%20(Windows%20NT%2010.0)\tq=a%2520b\ttheme=dark\tHit",
  "SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\twww.example.com\thttps\t23\t0.001\t-",
  "TLSv1.2\tECDHE-RSA-AES128-GCM-SHA256\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/html\t78\t-\t-",
].join("\t");

/** Returns what the last of some lines tells. */
function readLast(...lines: readonly string[]) {
  const reader = new LogLineReader();
  return lines.map((line) => reader.read(line)).at(-1);
}

const fields = "#Fields: date time cs-method cs-uri-stem sc-status";
const good = "2026-11-30\t12:00:00\tGET\t/\t200";

describe("CF-K-01, CF-K-08: a line of an access log", () => {
  it("is read by the fields that #Fields names", () => {
    expect(readLast(...accessLogHeader, documented)).toMatchObject({
      receivedAtMs: Date.UTC(2019, 11, 4, 21, 2, 31),
      weight: 1,
      edgeLocation: "LAX1",
      clientIp: "192.0.2.100",
      method: "GET",
      uri: "/index.html",
      querystring: "q=a%20b",
      userAgent: "Mozilla/5.0 (Windows NT 10.0)",
      cookie: "theme=dark",
      referer: undefined,
      host: "www.example.com",
      protocol: "https",
      httpVersion: "2.0",
      status: 200,
      resultType: "Hit",
      contentType: "text/html",
      responseBytes: 78,
    });
  });

  it("may have the fields in another order, and more or fewer of them", () => {
    const line = "200\tv\t/a\tGET\t12:00:00\t2026-11-30";
    const names = "#Fields: sc-status new-field cs-uri-stem cs-method time date";
    expect(readLast(names, line)).toMatchObject({ uri: "/a", status: 200, clientIp: undefined });
  });

  it("is read by the fields that were named last, where files were joined", () => {
    expect(
      readLast(
        fields,
        good,
        "#Version: 1.0",
        "#Fields:\tcs-uri-stem\ttimestamp(ms)\tcs-method\tsc-status",
        "/b\t1764504000123\tGET\t404",
      ),
    ).toMatchObject({ uri: "/b", receivedAtMs: 1_764_504_000_123, status: 404 });
  });

  it("may be JSON of logging v2, with numbers or texts", () => {
    const json = {
      "timestamp(ms)": "1764504000123",
      "cs-method": "GET",
      "cs-uri-stem": "/%C3%A9",
      "sc-status": 200,
      "c-country": "JP",
      "cs-uri-query": "-",
    };
    expect(readLast(JSON.stringify(json))).toMatchObject({
      uri: "/\u00c3\u00a9",
      country: "JP",
      querystring: undefined,
    });
    expect(
      readLast(JSON.stringify({ ...json, timestamp: "1764504000", "timestamp(ms)": undefined })),
    ).toMatchObject({ receivedAtMs: 1_764_504_000_000 });
  });

  it("may be CSV with a weight", () => {
    const header = '"date","time","cs-method","cs-uri-stem","sc-status","cs(User-Agent)","weight"';
    expect(
      readLast(header, '"2026-11-30","12:00:00","GET","/","200","a ""b"", c","42"'),
    ).toMatchObject({ weight: 42, userAgent: 'a "b", c' });
    expect(readLast(header.replaceAll('"', ""), "2026-11-30,12:00:00,GET,/,200,,7")).toMatchObject({
      weight: 7,
      userAgent: undefined,
    });
  });

  it("CF-K-06: counts from when the request came in, in whole seconds", () => {
    expect(readLast(`${fields} time-taken`, `${good}\t61.900`)).toMatchObject({
      receivedAtMs: Date.UTC(2026, 10, 30, 11, 58, 59),
    });
  });

  it("CF-K-05: has the status 000 where the viewer had gone", () => {
    expect(readLast(fields, good.replace("200", "000"))).toMatchObject({ status: 0 });
  });

  it.each([
    ["", undefined],
    ["   ", undefined],
    ["#Version: 1.0", undefined],
    ["2026-11-30\t12:00:00\tGET\t/", "4 fields where 5 are named"],
    [`${good}\t`, "6 fields where 5 are named"],
    [good.replace("GET", "-"), 'cs-method not valid: got "-"'],
    [good.replace("GET", "\u001b[31mGET"), 'cs-method not valid: got "?[31mGET"'],
    [good.replace("\t/\t", "\tindex.html\t"), "cs-uri-stem is no path"],
    [good.replace("\t/\t", "\t-\t"), "cs-uri-stem is no path"],
    [good.replace("200", "2e2"), 'sc-status not valid: got "2e2"'],
    [good.replace("200", "-1"), 'sc-status not valid: got "-1"'],
    [
      good.replace("2026-11-30", "30.11.2026"),
      'date and time not valid: got "30.11.2026 12:00:00"',
    ],
    [
      good.replace("2026-11-30", "2026-13-41"),
      'date and time not valid: got "2026-13-41 12:00:00"',
    ],
    ["{", "not JSON"],
    ['{"cs-method":"GET"}', "date and time missing"],
    [
      '{"timestamp":"1764504000","cs-method":{},"cs-uri-stem":"/","sc-status":"200"}',
      "cs-method missing",
    ],
  ])("%j is %j", (line, reason) => {
    const read = readLast(fields, line);
    expect(read).toEqual(reason === undefined ? undefined : { reason });
  });

  it("is broken where no fields were named before it", () => {
    expect(readLast(good)).toEqual({
      reason: expect.stringContaining("no #Fields: line") as string,
    });
  });

  it.each(["0", "-1", "1.5", "many"])("is broken with the weight %s", (weight) => {
    expect(readLast(`${fields} weight`, `${good}\t${weight}`)).toEqual({
      reason: `weight not valid: got "${weight}"`,
    });
  });

  it("is a request or says why it is none, whatever it holds", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(
          fc.oneof(
            fc.string({ unit: "binary" }),
            fc.constantFrom("-", "GET", "/", "200", "2026-11-30", "12:00:00", "%", "%zz"),
          ),
          { minLength: 5, maxLength: 5 },
        )
        .map((values) => values.join("\t")),
      fc.json(),
    );
    fc.assert(
      fc.property(line, (text) => {
        const read = readLast(fields, text.replaceAll("\n", " "));
        const told = read === undefined || "reason" in read ? read?.reason : read.uri;
        expect(told ?? "no request").toMatch(/^[ -~]+$|^\//);
      }),
      propertyRuns(400),
    );
  });
});

describe("the value of a field", () => {
  it("is what was written", () => {
    const bytes = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)),
      minLength: 1,
    });
    fc.assert(
      fc.property(bytes, (value) => {
        expect(decodeLogValue(encodeLogValue(value))).toBe(value === "-" ? undefined : value);
      }),
      propertyRuns(400),
    );
  });

  it("is nothing for -, and stays as it is where it is not encoded", () => {
    expect(["-", "", "100%", "%zz%41"].map(decodeLogValue)).toEqual([
      undefined,
      undefined,
      "100%",
      "%zzA",
    ]);
  });
});
