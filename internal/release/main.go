// Command release packs one built binary of drlint: an archive with its
// licences and manual, and a bill of materials. The same input gives the same
// bytes on every machine. .ci/release builds the binaries and calls it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// job is what is packed and where to.
type job struct {
	binary  string    // the built binary
	stage   string    // directory with the other files of the archive
	out     string    // directory of the results
	name    string    // of the results, without extensions: "drlint_1.2.0_linux_amd64"
	version string    // "v1.2.0"
	built   time.Time // of every file in the archive, UTC
	zip     bool
}

func run(arguments []string) error {
	var j job
	var epoch int64
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	flags.StringVar(&j.binary, "binary", "", "the built `FILE`")
	flags.StringVar(&j.stage, "stage", "", "`DIR` with the other files of the archive")
	flags.StringVar(&j.out, "out", "", "`DIR` of the results")
	flags.StringVar(&j.name, "name", "", "name of the results without extensions")
	flags.StringVar(&j.version, "version", "", "version, such as v1.2.0")
	flags.Int64Var(&epoch, "epoch", 0, "time of all files, in `SECONDS` since 1970")
	flags.BoolVar(&j.zip, "zip", false, "make a zip file instead of a compressed tar file")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	j.built = time.Unix(epoch, 0).UTC()
	return j.pack(os.Stdin)
}

// pack reads the modules of the binary from a list that go list made, and
// writes the archive and the bill of materials.
func (j job) pack(list *os.File) error {
	modules, err := readModules(list)
	if err != nil {
		return err
	}
	notices, err := readNotices(modules)
	if err != nil {
		return err
	}
	files, err := j.files(notices)
	if err != nil {
		return err
	}
	bill, err := billOf(j, notices)
	if err != nil {
		return err
	}
	write, extension := writeTar, ".tar.gz"
	if j.zip {
		write, extension = writeZip, ".zip"
	}
	archive, err := write(j.name, files, j.built)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(j.out, j.name+extension), archive, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(j.out, j.name+".cdx.json"), bill, 0o644)
}

// files are the contents of the archive: the binary, the licences of all that
// is linked into it, and what lies in the stage.
func (j job) files(notices []notice) ([]entry, error) {
	program := "drlint" + filepath.Ext(j.binary)
	data, err := os.ReadFile(j.binary)
	if err != nil {
		return nil, err
	}
	files := []entry{{name: program, data: data, runs: true}, {name: "NOTICE", data: summary(notices)}}
	for _, n := range notices {
		if n.path != self {
			files = append(files, n.files...)
		}
	}
	staged, err := readStage(j.stage)
	return append(files, staged...), err
}
