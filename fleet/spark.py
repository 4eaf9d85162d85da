"""A fleet on Spark: sift a log where it lies, group files by phone, check each phone, summarise.

    log ─► partitions ─► sift --places ─► one small file of rows ┐
    configurations ─► by SEP name ─────────────────────────────┴─► check --each phone ─► reports ─► summary

The program itself does all the work; Spark hands out pieces. Each executor needs the program and the files under the
same paths (a shared file system, or an image that has them).
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time

from pyspark.sql import SparkSession

HERE = os.path.dirname(os.path.abspath(__file__))
PHONE = re.compile(r"SEP[0-9A-F]{12}", re.IGNORECASE)


def main():
    options = arguments()
    started = time.time()
    spark = SparkSession.builder.master(options.master).appName("VPN Phone Doctor").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    os.makedirs(options.out, exist_ok=True)
    rows = os.path.join(options.out, "sifted.ndjson")
    sift(spark.sparkContext, options, rows)
    sifted = time.time()
    reports = os.path.join(options.out, "reports.ndjson")
    missing = check(spark.sparkContext, options, rows, reports)
    checked = time.time()
    spark.stop()
    with open(os.path.join(options.out, "summary.json"), "wb") as summary:
        subprocess.run([options.doctor, "summary", reports, "--format", "json"], stdout=summary, check=True)
    print(f"sifted {os.path.getsize(options.log)} to {os.path.getsize(rows)} bytes in {sifted - started:.1f} s")
    print(f"checked in {checked - sifted:.1f} s; phones without a report: {len(missing)}")


def sift(context, options, rows):
    """Writes what a diagnosis needs of the log, in its order."""
    lines = context.newAPIHadoopFile(
        "file://" + os.path.abspath(options.log),
        "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
        "org.apache.hadoop.io.LongWritable",
        "org.apache.hadoop.io.Text",
        # Bytes are counted, so nothing else may end a line.
        conf={
            "textinputformat.record.delimiter": "\n",
            "mapreduce.input.fileinputformat.split.maxsize": str(options.piece),
        },
    )

    def size(number, piece):
        first, count = None, 0
        for byte, _ in piece:
            first = byte if first is None else first
            count += 1
        yield number, first, count

    line, begins = 1, {}
    for number, byte, count in sorted(lines.mapPartitionsWithIndex(size).collect()):
        begins[number] = (line, byte)
        line += count
    name = os.path.basename(options.log)

    def placed(number, piece):
        line, byte = begins[number]
        if byte is not None:
            yield json.dumps({"file": name, "line": line, "byte": byte})
        for _, text in piece:
            yield text

    command = f"{HERE}/piece.sh {options.doctor}"
    pieces = lines.mapPartitionsWithIndex(placed).pipe(command)
    with open(rows, "w", encoding="utf-8") as out:
        for row in pieces.toLocalIterator(prefetchPartitions=True):
            out.write(row + "\n")


def check(context, options, rows, reports):
    """Writes a report a line; returns the phones of which none came."""
    files = {}
    for folder, _, names in os.walk(options.phones):
        for name in names:
            found = PHONE.search(name)
            if found:
                files.setdefault(found.group().upper(), []).append(os.path.join(folder, name))
    phones = context.parallelize(sorted(files.items()), options.slices)
    shared = " ".join(options.shared + [rows])
    command = f"{HERE}/phones.sh {options.doctor} {options.now} {shared}"
    done = phones.flatMap(lambda phone: phone[1]).pipe(command)
    seen = set()
    with open(reports, "w", encoding="utf-8") as out:
        for line in done.toLocalIterator(prefetchPartitions=True):
            try:
                seen.add(json.loads(line)["subject"])
            except (ValueError, KeyError):
                pass
            out.write(line + "\n")
        # A part that died costs its phones, by name.
        missing = sorted(set(files) - seen)
        for phone in missing:
            out.write(json.dumps({"subject": phone, "error": "no report came"}) + "\n")
    for phone in missing:
        print(f"no report came of {phone}", file=sys.stderr)
    return missing


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--doctor", required=True, help="the program vpn-phone-doctor")
    parser.add_argument("--log", required=True, help="an ASA's log of any size")
    parser.add_argument("--phones", required=True, help="a folder whose files have SEP names")
    parser.add_argument("--shared", nargs="*", default=[], help="what every phone shares: configuration, certificate")
    parser.add_argument("--out", required=True, help="a folder for rows, reports and summary")
    parser.add_argument("--now", required=True, help="the clock of the case, RFC 3339")
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    parser.add_argument("--piece", type=int, default=128 << 20, help="bytes of a piece of the log")
    parser.add_argument("--slices", type=int, default=8, help="parts into which the phones are cut")
    return parser.parse_args()


if __name__ == "__main__":
    main()
