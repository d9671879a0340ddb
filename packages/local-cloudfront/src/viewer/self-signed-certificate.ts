import type { ServerCertificate } from "./create-node-server.ts";

/** Makes a certificate for this machine's names, valid for a week; the library is loaded only here. */
export async function selfSignedCertificate(host = "127.0.0.1"): Promise<ServerCertificate> {
  const { generate } = await import("selfsigned");
  const names = ["localhost", "127.0.0.1", "::1", host];
  const certificate = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + 7 * 24 * 3600 * 1000),
    extensions: [
      { name: "basicConstraints", cA: false },
      {
        name: "subjectAltName",
        altNames: [...new Set(names)].map((name) =>
          /^[\d.]+$|:/.test(name) ? { type: 7, ip: name } : { type: 2, value: name },
        ),
      },
    ],
  });
  return { key: certificate.private, cert: certificate.cert };
}
