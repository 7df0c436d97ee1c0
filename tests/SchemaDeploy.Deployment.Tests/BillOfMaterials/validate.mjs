// Prints what is wrong with the CycloneDX 1.6 document on standard input, by its JSON schema; nothing where it is right.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(`${process.argv[2]}/`);
const { Spec, Validation } = require('@cyclonedx/cyclonedx-library');
const faults = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(readFileSync(0, 'utf8'));
if (faults !== null) {
  console.log(JSON.stringify(faults));
}
