fn main() {
    let mut bad = 0;
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        match qmp_schema::format(&path, &text) {
            Ok(once) => {
                let twice = qmp_schema::format(&path, &once).unwrap();
                if once != twice { println!("not idempotent {path}"); bad += 1; std::fs::write("/tmp/once", &once).unwrap(); std::fs::write("/tmp/twice", &twice).unwrap(); }
                let out = std::path::Path::new("/tmp/fmt").join(path.trim_start_matches('/'));
                std::fs::create_dir_all(out.parent().unwrap()).unwrap();
                std::fs::write(out, once).unwrap();
            }
            Err(report) => println!("{}", report.to_string().lines().next().unwrap()),
        }
    }
    println!("{bad} bad");
}
