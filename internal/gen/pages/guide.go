package pages

import (
	"slices"

	"github.com/drlint/drlint/internal/finding"
)

// statement is one statement of the guide: its line and what it says, in our words.
type statement struct {
	name finding.Statement
	line int
	text string
}

// stated finds a statement by its name, which the index has checked.
func stated(name finding.Statement) statement {
	return guide[slices.IndexFunc(guide, func(s statement) bool { return s.name == name })]
}

// guide lists the statements in order.
var guide = []statement{
	{"1", 15, "recovery is affordable and matches the impact on the business"},
	{"2", 19, "the ideas for a lake and its pipelines hold for streaming as well"},
	{"3", 27, "source systems already have backups"},
	{"4", 27, "live sources suffer corruption and mistakes"},
	{"5", 31, "source systems have a recovery plan of their own"},
	{"6", 31, "the platform's plan takes into account where its sources recover"},
	{"7", 37, "ingest holds data that passes through and needs no backup"},
	{"8", 37, "scripts and configuration of ingest need one"},
	{"9", 37, "a bad change of configuration can be taken back"},
	{"10", 37, "old ingest configuration is rarely needed for long"},
	{"11", 37, "code lies in Git and is deployed in a controlled way"},
	{"12", 37, "manual change control is an alternative"},
	{"13", 41, "gateways on premises are protected like other systems there"},
	{"14", 41, "ingest in the cloud reaches its sources from the recovery region"},
	{"15", 41, "redeploying ingest is usually simpler than running it twice"},
	{"16", 45, "each stage of the lake is treated by itself"},
	{"17", 49, "raw data of devices may be the long-term record"},
	{"18", 49, "raw data of batches is needed until a curated copy is backed up"},
	{"19a", 52, "can the data be created again from its source"},
	{"19b", 53, "does the source keep it for as long as the platform does"},
	{"19c", 54, "does a backup cost less than creating it again"},
	{"19d", 55, "does creating it again take longer than it may be away"},
	{"20", 59, "raw data is a verbatim copy"},
	{"21", 59, "the source may drop its data, so raw data is backed up"},
	{"22", 59, "raw data is set up for disaster recovery"},
	{"23", 63, "enrichment is automated, without people in between"},
	{"24", 63, "so a backup of enriched data achieves little"},
	{"25", 63, "the process is repaired and run again"},
	{"26", 63, "permissions rule out accidental deletion"},
	{"27", 64, "enriched data is replicated: storage is cheap, compute is not"},
	{"28", 64, "recreating enriched data is rarely cheaper than a second copy"},
	{"29", 68, "curated files may be modified, and a backup lets one go back"},
	{"30", 68, "a replica of curated data saves time in a disaster"},
	{"31", 68, "partitions limit what is lost and processed again"},
	{"32", 72, "warehouses and marts are backed up"},
	{"33", 72, "they have a copy for disasters unless they replicate themselves"},
	{"34", 72, "with a full load every day, each day's set is kept and backed up"},
	{"35", 76, "there are two stores, for experiments and for refined processes"},
	{"36", 76, "their recovery objectives differ"},
	{"37", 78, "refined processes have strict agreements and change control"},
	{"38", 80, "backups of experiments may be in the hands of their users"},
	{"39", 80, "for experiments a backup is hard to enforce"},
	{"40", 84, "scripts lie in Git, where every commit is a snapshot"},
	{"41", 84, "changes are branched, merged and tried in a copy first"},
	{"42", 85, "the repository has a clone on another host"},
	{"43", 85, "at least one copy is blocked from deletion"},
	{"44", 89, "modelled data has gained value and is backed up"},
	{"45", 89, "a complete new set with each update serves as a backup"},
	{"46", 89, "any complete set can then be loaded again"},
	{"47", 89, "or the semantic layer restores a point in time itself"},
	{"48", 93, "machines of the platform have a classic backup"},
	{"49", 93, "of managed services, configuration and deployment are kept"},
	{"50", 93, "configuration in JSON lies in Git beside the scripts"},
	{"51", 97, "it depends on full loads or partitioned increments"},
	{"52", 102, "with full loads the product itself needs no backup or replica"},
	{"53", 102, "a folder for each load in the lake is the backup"},
	{"54", 102, "load a second system, or keep the lake replicated"},
	{"55", 102, "the time to load is compared with the recovery time"},
	{"56", 103, "increments are backed up, earlier versions included"},
	{"57", 103, "and the product has backups of its own"},
	{"58", 103, "and the lake that feeds it is replicated"},
	{"59", 103, "and perhaps the product, to save time"},
	{"60", 107, "serving consists of caches and presentation"},
	{"61", 111, "caches are loaded every day and rarely need a backup"},
	{"62", 111, "one goes back in the model layer instead"},
	{"63", 111, "caches are redeployed from Git and loaded again"},
	{"64", 111, "some products justify a backup of the cache"},
	{"65", 115, "the sources of reports lie in Git"},
	{"66", 115, "reports can be deployed in another region"},
	{"67", 115, "their data sources can be pointed at the new place"},
	{"68", 115, "global load balancing absorbs changed addresses"},
}
