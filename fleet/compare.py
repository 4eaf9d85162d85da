"""Compares the reports of two runs: the same phones, and of each the same, apart from counts of what was left out.

    python3 fleet/compare.py one-process.ndjson spark.ndjson

Inputs are compared by their names, because the rows of a sifted log lie in a file of their own.
"""

import json
import sys


def reports(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        report = json.loads(line)
        found[report["subject"]] = comparable(report)
    return found


def comparable(report):
    """A report whose inputs are named, not numbered, without sizes and without the holders of rows."""
    inputs = report.pop("inputs", [])
    names = [entry["name"] for entry in inputs]
    holders = {entry["inside"] for entry in inputs}
    report["inputs"] = sorted(
        [entry["name"], entry["kind"], entry["state"]] for entry in inputs if entry["id"] not in holders
    )
    return named(report, names)


def named(value, names):
    if isinstance(value, dict):
        return {
            key: names[field] if key == "input" and isinstance(field, int) else named(field, names)
            for key, field in value.items()
        }
    if isinstance(value, list):
        return [named(item, names) for item in value]
    return value


def main():
    one, other = (reports(path) for path in sys.argv[1:3])
    wrong = sorted(set(one) ^ set(other))
    wrong += [name for name in sorted(set(one) & set(other)) if one[name] != other[name]]
    for name in wrong[:5]:
        print(f"{name} differs:", file=sys.stderr)
        for key in sorted(set(one.get(name, {})) | set(other.get(name, {}))):
            pair = [json.dumps(side.get(name, {}).get(key))[:400] for side in (one, other)]
            if pair[0] != pair[1]:
                print(f"  {key}\n    {pair[0]}\n    {pair[1]}", file=sys.stderr)
    print(f"{len(one)} and {len(other)} reports, {len(wrong)} of them differ")
    sys.exit(1 if wrong or not one else 0)


if __name__ == "__main__":
    main()
