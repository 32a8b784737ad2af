// Every object of a rendered chart against the schema of its kind; what the schema does not know is a finding, too.
const fs = require('fs'), yaml = require('yaml');
let bad = 0;
for (const document of yaml.parseAllDocuments(fs.readFileSync(process.argv[2], 'utf8'))) {
  const object = document.toJSON();
  if (!object) continue;
  try {
    if (document.errors.length) throw document.errors[0];
    const Kind = require(`kubernetes-models/${object.apiVersion}`)[object.kind];
    new Kind(object).validate();
    console.log('ok', object.kind, object.metadata.name);
  } catch (problem) {
    bad++;
    console.log('BAD', object.kind, object.metadata?.name, String(problem.message).slice(0, 300));
  }
}
process.exit(bad ? 1 : 0);
